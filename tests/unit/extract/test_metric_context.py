"""On what, against what and of what a result is; sentences are made up."""

import polars as pl
import pytest
from reading import metrics

from paperhouse.extract import TEXT
from paperhouse.extract.paper_names import paper_names
from paperhouse.settings import SEEDS
from paperhouse.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "datasets"),
    [
        ("Zed scores 40.6% on the Wye-Hard leaderboard\\footnote{https://example.org}.", ["Wye-Hard leaderboard"]),
        ("Zed gains +7.3 points on BRUMO 25, +4.4 points on AIME 25.", ["BRUMO 25", "AIME 25"]),
        ("A cIoU of 68.9 on gRefCOCO and a gIoU of 55.3 on RefCOCOm is reached.", ["gRefCOCO", "RefCOCOm"]),
        ("Zed gains 3.1 points on hard benchmarks such as 2Wiki and HotpotQA.", ["2Wiki and HotpotQA"]),
        ("Experiments on three benchmarks, e.g., OBQA and CSQA, show a 1.7x speedup.", ["OBQA and CSQA"]),
        ("On ImageNet, Wye-H (943M) reaches an FID of 1.34.", ["ImageNet"]),
        ("Zed is best on all tasks, including MathVerse (42.6%), and DynaMath (55.7%).", ["MathVerse", "DynaMath"]),
        ("Zed improves by +12.0% on Pass@1 and is 2x faster.", [None, None]),
        ("On LLaVA-NeXT-7B, Zed is 6.8x faster.", [None]),
        ("Zed reaches state-of-the-art performance (80.2% AndroidWorld, 48.5% OSWorld).", ["AndroidWorld", "OSWorld"]),
        ("Zed raises the accuracy by 3.6% in GSM8K, and 27.0% in Sudoku.", ["GSM8K", "Sudoku"]),
        ("Zed improves scores on existing ones (MMStar: +1.1%, MathVista: +1.5%).", ["MMStar", "MathVista"]),
        (
            "Results on synthetically generated mazes show that Zed achieves 86% accuracy.",
            ["synthetically generated mazes"],
        ),
        ("Zed reaches 33.5% accuracy on WyeComp, and improves on Why.", ["WyeComp"]),
        ("Zed wins on all evaluated tasks, while reducing memory by 75%.", [None]),
        ("In cold-start settings, Zed has a latency of 234 ms.", [None]),
        ("Zed gains +18.6% F1 / +13.0% EM on WyeQA and +10.3% F1 / +8.7% EM on WhyQA.", ["WyeQA"] * 2 + ["WhyQA"] * 2),
        ("Zed renders at a speed of 25 FPS on the Blender dataset.", ["Blender dataset"]),
        ("Zed gains on A1Set (+1.1 mAP50), B2Set (+19.4 mAP25), and C3Set (+9.1 mAP50).", ["A1Set", "B2Set", "C3Set"]),
        ("We bring WyeBench, on which our models achieve a 6.5% gain.", ["WyeBench"]),
        ("Zed gains 3.9% on coding tasks and 9.0% on math.", ["coding tasks", "math"]),
        ("Zed is good on open benchmarks (Avg. 80.1%).", ["open benchmarks"]),
        ("Zed beats Wye by 16.5% across 29 tasks and multiple embodiments.", ["29 tasks"]),
        (
            "Zed has 60% accuracy on single-fact question answering, whatever its length.",
            ["single-fact question answering"],
        ),
        (
            "Zed is best on these benchmark datasets: A1-STA (R1@0.7: 52.9%, +2.7%), B2 Captions (mAP: 56.0%, +5.3%).",
            ["A1-STA", "A1-STA", "B2 Captions", "B2 Captions"],
        ),
        ("Zed gains on A1-Bench(+3.7), and B2Set++(+4.3).", ["A1-Bench", "B2Set++"]),
        ("Zed achieves 87.2% on A1-Video (test) and improves results on benchmarks such as B2 and C3.", ["A1-Video"]),
        ("On A1 and B2, it raises the task completion length on B2 by 3.81%.", ["B2"]),
        ("Zed achieves a 7.43 WikiText2 perplexity.", ["WikiText2"]),
        ("It beats all by 0.3 and 0.16 on PickScore and CLIPScore.", [None, None]),
        ("Zed outperforms Wye on 35 out of 40 evaluated tasks.", ["40 evaluated tasks"]),
        ("The mean A1-Bench accuracy rose from 34.5% to 40.5%.", ["A1-Bench"]),
        ("After training on the A1 data set, accuracy is 34.5%.", [None]),
        ("Zed achieves a 97.6% repair success rate in HumanEvalFix.", ["HumanEvalFix"]),
        ("Zed gains 8.9% on a wide range of hard reasoning benchmarks.", ["hard reasoning benchmarks"]),
        ("Zed exceeds the baseline by 21.9% on COCO's two-shot setting.", ["COCO"]),
        ("Zed gains 24.3% over the baseline in one-shot image classification.", ["one-shot image classification"]),
        ("When used on the pioneer 3D generation framework TREL-1, Zed is 9.0x faster.", ["TREL-1"]),
        ("On A1World, Zed models achieve a 22% gain.", ["A1World"]),
        ("On hard benchmarks such as AIME 2025, Zed achieves a 99.9% accuracy.", ["AIME 2025"]),
        ("In ManiSkill-3, we train on tasks, improving it from 41.6% to 85.7% in 320 environments.", ["ManiSkill-3"]),
        ("Zed outperforms Wye by 12%, and generalizes robustly for unseen tasks.", [None]),
        ("We propose A1Bench, a new benchmark of images, on which Wye-HD gains 14.5% over GPT-4o.", ["A1Bench"]),
        ("Only 35% are right, highlighting the need for a harder benchmark.", [None]),
        ("Zed improves accuracy by 3.6 points on average across six math benchmarks.", ["six math benchmarks"]),
        ("Zed improves cost by 22% over base models and shows strong gains on the most challenging tasks.", [None]),
        (
            "In multi-document question-answering tasks, Zed is 2.34x faster.",
            ["multi-document question-answering tasks"],
        ),
        ("In visual text rendering, its accuracy improves from 59% to 92%.", ["visual text rendering"]),
        (
            "Zed achieves 0.21, 4.5, and 5.6 on the inter-class benchmark WyeQA and non-isometric benchmarks WhyQA and WhoQA.",
            ["WyeQA", "WhyQA", "WhoQA"],
        ),
        ("Zed yields 6.3% improvement on general reasoning (WyeQA).", ["WyeQA"]),
        ("For glioma classification (low against high grade), Zed achieved 80% accuracy.", ["glioma classification"]),
        ("Zed improves summarisation (XSum by 18.6%).", ["XSum"]),
        ("Notably, in the orchard environment, Zed achieves a 67% success rate.", ["orchard environment"]),
        ("Base models outperform their counterparts in RAG tasks by 20%.", ["RAG tasks"]),
        ("Zed achieves up to 4.8x speedup on A100, and 8.9x on H100.", [None, None]),
        ("Zed reaches 19.15%, outperforming Wye-1 (15.71%) and Wye-2 (7.39%).", [None, None, None]),
        ("Zed reaches a usability rate of 56.1%, compared to Wye (38.4%) and Why (37.1%).", [None, None, None]),
        ("Zed, with more than 7B parameters, gets strong results: MMLU (75.0%) and GSM8K (81.2%).", ["MMLU", "GSM8K"]),
        (
            "Zed does better than all rivals on CIFAR-10 (95.2%), CIFAR-100 (78.4%), and SVHN (97.1%).",
            ["CIFAR-10", "CIFAR-100", "SVHN"],
        ),
        ("For a fair comparison, Zed achieves 80% accuracy.", [None]),
        ("Zed brings a 3% improvement on spiking neural networks (SNNs).", [None]),
    ],
)
def test_a_dataset_is_named_before_after_or_beside(text: str, datasets: list[str | None]) -> None:
    assert [m["dataset"] for m in metrics(text)] == datasets


def test_this_benchmark_is_the_one_that_the_text_brings() -> None:
    text = "We introduce WyeQA, a benchmark of questions. On this benchmark, GPT-4o achieves 28%."
    assert [m["dataset"] for m in metrics(text, title="Explore to Evolve: Agents")] == ["WyeQA"]


@pytest.mark.parametrize(
    ("text", "baselines"),
    [
        ("Zed is 2x faster than existing models such as Wye and Why.", ["existing models such as Wye and Why"]),
        ("Zed outperforms the state-of-the-art synthesis tool, Wye, by 14%.", ["Wye"]),
        ("Zed surpasses vanilla and fine-tuned Wye by 17.1 and 4.1 points.", ["vanilla", "fine-tuned Wye"]),
        ("Zed performs comparably to Wye with a 2x speedup.", ["Wye"]),
        ("When applied to Qwen3-4B-Base, Zed yields gains of 3.0 points.", ["Qwen3-4B-Base"]),
        ("Zed boosts Qwen2.5-7B from 23.6 to 50.3 on Wye.", ["Qwen2.5-7B"]),
        ("Zed is 1.6x more accurate than its 1.5B sibling.", ["1.5B sibling"]),
        ("Zed improves on average by 3.3%.", [None]),
        ("Zed surpasses supervised baselines like Wye and Why by 12.7 points.", ["Wye and Why"]),
        ("Zed is preferred 30% more than those provided by baseline methods.", ["baseline methods"]),
        ("Zed outperforms existing methods on 5 out of 8 benchmarks.", ["existing methods"]),
        ("Zed reduces FID from 2.07 to 1.68.", [None]),
        ("Zed surpasses Wye (Google), Why (Apple), and Won by 7.8%.", ["Wye, Why, and Won"]),
        (
            "Zed outperforms few-shot prompting, fine-tuning, and other methods by 19%.",
            ["few-shot prompting, fine-tuning, and other methods"],
        ),
        ("Zed writes 3.9 times the strongest baseline (Wye) and 64 times other baselines.", ["Wye", "other baselines"]),
        ("Zed comes at 750 times the computational cost of GPT-4o.", ["GPT-4o"]),
        ("Zed gains 3% in accuracy for models with over 70B parameters.", [None]),
        ("Zed raises the skills of general models, improving the accuracy of general models from 5% to 27%.", [None]),
        ("Zed has a 22% higher accuracy than the best 2023 method (Wye).", ["Wye"]),
        ("Zed surpasses the second-best model, Wye 2.5 Pro, by 1.4%.", ["Wye 2.5 Pro"]),
        ("Zed scores 26% on A1, 54% on B2, and 63% on C3, outperforming leading models.", ["leading models"] * 3),
        ("Zed outperforms existing methods, achieving an accuracy of 88.5%.", ["existing methods"]),
        ("The best agent achieves 13.3% accuracy, far below human performance.", ["human performance"]),
        ("Zed improves the accuracy of DeepSeek-R1 on WyeQA from 78.3% to 85.7%.", ["DeepSeek-R1"]),
        ("Zed boosts the Qwen3-4B-Base by +6.49 points.", ["Qwen3-4B-Base"]),
        ("Zed has a 6.2% average gain over six mathematics benchmarks.", [None]),
        ("Zed outperforms Wye by 5% and Why by 7% in correctness.", ["Wye", "Why"]),
        ("Zed surpasses the performance of GPT-4-Turbo (17.6%) and GPT-4o (13.9%).", [None, None]),
        ("Zed is comparable to text-driven methods (CLIP-I: 0.6605 vs. 0.6558).", ["text-driven methods", None]),
        ("Zed needs only 8.7% inference time of Qwen2.5-VL 7B.", ["Qwen2.5-VL 7B"]),
        ("Zed achieves 0.95 GenEval score with over 5k steps.", [None]),
        ("Zed outperforms all with significant improvements across 36 A1 tasks (3.1%).", [None]),
        ("Zed is on par with other approaches on A1, outperforming them by twelve points.", ["other approaches"]),
        ("The best model reaches 13.7% accuracy, exposing overconfidence rather than reasoning deficits.", [None]),
        ("Models reach an accuracy of only 46.6%, which falls short of random guessing.", ["random guessing"]),
        ("Zed requires less than one-tenth the training data of prior work.", ["prior work"]),
        ("Zed improves accuracy by 15%, compared with the base model (i.e. Wye-3B).", ["Wye-3B"]),
        ("Zed exceeds Wye while using just 20% of the resources.", ["Wye"]),
        ("Zed boosts Wye-7B from 17.4% to 57.3%, and Wye-14B from 23.3% to 62.5%.", ["Wye-7B", "Wye-14B"]),
        ("Even GPT-4o lags 34.8% behind humans.", ["humans"]),
        ("Zed has an accuracy of 74%, which is 20% higher than Wye.", ["Wye", "Wye"]),
        ("Compared to its counterpart, i.e., Wye-1.5, Zed reduces latency by 69%.", ["Wye-1.5"]),
        ("Zed is 2x faster than PPO and other baselines.", ["PPO and other baselines"]),
        ("Zed outperforms the previous state-of-the-art, Wye, on retrieval with half of the parameters.", ["Wye"]),
        ("Zed reduces the memory from 128 GB to 1 GB, a 92% reduction compared to Wye.", ["Wye", "Wye"]),
        ("Zed exceeds OpenAI o1, o3-mini, and Wye-3.7 by 9%, 24%, and 13%.", ["OpenAI o1", "o3-mini", "Wye-3.7"]),
        ("Zed has better accuracy than Wye-2 with half of the parameters.", ["Wye-2"]),
        ("Zed reaches a performance with a reduction of more than 57% in FID.", [None]),
        ("Zed outperforms the Wye-2 (gFID 2.74 vs. 3.04).", ["Wye-2", None]),
        ("Zed increases Wye-1.5's accuracy from 19.3% to 51.7%.", [None]),
        ("Zed improves Wye-4's correctness by 12%.", ["Wye-4"]),
        ("Zed reaches 65.1% accuracy, compared to 57.5% by Wye.", ["Wye", None]),
        ("Zed uses only 0.004% of the data used by Wye.", ["Wye"]),
        ("Zed retains 97% of the performance of Wye.", ["Wye"]),
        ("Zed improves the baseline results by 24.6%.", ["baseline"]),
        ("Zed boosts the success rate over the standard T2I methods by 2x.", ["standard T2I methods"]),
        ("Zed keeps accuracy within 5% of the original models.", ["original models"]),
        ("Zed sustains 85% of Wye performance.", ["Wye"]),
        (
            "Zed reduces tokens by 60% while maintaining comparable accuracy to unconstrained models.",
            ["unconstrained models"],
        ),
        ("Zed reaches 74.9 on WyeBench -- matching Wye-1.", ["Wye-1"]),
        ("Zed is 2x faster than Wye as measured on MMLU.", ["Wye"]),
        ("Zed outperforms the best low-bit KV cache implementation (Wye) by up to 4.3x.", ["Wye"]),
        (
            "Zed exceeds Wye methods by 41.88%/20.61% and the Why method by 10.2%/11.6%.",
            ["Wye methods", "Wye methods", "Why method", "Why method"],
        ),
        (
            "Zed enhances the performance of layout-to-image models like Wye and Why by 26.8%.",
            ["layout-to-image models like Wye and Why"],
        ),
        ("Zed reaches a usability rate of 56.1%, compared to Wye (38.4%) and Why (37.1%).", ["Wye", None, None]),
        ("Zed achieves a 10% improvement with respect to Wye on MMLU.", ["Wye"]),
        ("Zed outperforms \\textbf{Wye-2} and \\emph{Why} by 5%.", ["Wye-2 and Why"]),
    ],
)
def test_a_baseline_is_who_was_compared(text: str, baselines: list[str | None]) -> None:
    assert [m["baseline"] for m in metrics(text)] == baselines


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("The best model, GPT-4o, scores only 28.9%.", ["GPT-4o"]),
        ("Wye, a lightweight 2B model, achieves 75.1% accuracy.", ["Wye"]),
        ("Wye (943M) achieves 75.1% accuracy.", ["Wye"]),
        ("Wye trained atop Qwen3-8B achieves 75.1% accuracy.", ["Wye"]),
        ("Notably, Wye outperforms GPT-4o and GPT-5 by 30.6 and 19.4 percentage points.", ["Wye", "Wye"]),
        ("Gemini 2.5 Pro and GPT-5 achieve scores of 31.3% and 29.1%.", ["Gemini 2.5 Pro", "GPT-5"]),
        ("Zed outperforms Wye and other baselines, achieving 75.1% accuracy.", ["Zed"]),
        ("Zed reaches an accuracy of 0.95, surpassing Wye's 0.91.", ["Zed", "Wye"]),
        ("Wye reaches 40% accuracy, far below human performance of 93%.", ["Wye", "human"]),
        ("Zed reaches 87.0% accuracy, outperforming a conventional CNN (58.3%).", ["Zed", "CNN"]),
        ("A racing model (Wye) achieves 31.3%, the base Why model reaches 59.6%.", ["Wye", "Why"]),
        ("We show that Wye boosts accuracy, with gains of up to 25.2%.", ["Wye"]),
        ("The best-performing agent can only solve 32.4% of the tasks.", ["best-performing agent"]),
        ("Experiments on CIRR and FashionIQ show that we improve recall by 2.4%.", ["Zed"]),
        ("Wye, trained with fDPO, sets a new record, outperforming Zed by 9.8%.", ["Wye"]),
        ("Even the strongest models (e.g., GPT-4o) achieve only a 50% success rate.", ["GPT-4o"]),
        ("Second, a sampler improves diversity by 7.3%.", ["Zed"]),
        ("Zed has an accuracy of 36.5%, surpassing the GPT-4 baseline of 23.0%.", ["Zed", "GPT-4"]),
        ("Zed outperforms LLaVA-CoT (63.2), Mulberry (63.9), and o3 (63.4).", ["LLaVA-CoT", "Mulberry", "o3"]),
        ("Wye achieves 67% accuracy, while ViT-H/14 achieves the highest accuracy (99%).", ["Wye", "ViT-H/14"]),
        ("Wye applied to InternVL 8B surpasses GPT-4o by 2.3%.", ["Wye"]),
        ("Models reach 64% accuracy, whereas human accuracy averages 78.2%.", ["Models", "human"]),
        ("The model achieves an improvement of 3.9%.", ["Zed"]),
        ("A practical method is Wye which takes only 0.8s per image and is 25x faster.", ["Wye", "Wye"]),
        ("Wye-8B raises the content scores by 45% and style scores by 12%.", ["Wye-8B", "Wye-8B"]),
        ("The best open model lags behind human performance by 31.7%.", ["best open model"]),
        ("The Wye-L algorithm achieved the best results with a dice score of 91%.", ["Wye-L"]),
        ("Even the best language models score under 20%.", ["best language models"]),
        ("The Wye agent equipped with GPT-4 achieves an average score of 34.6%.", ["Wye"]),
        ("The final 12-layer architecture achieves an accuracy of 97.2%.", ["final 12-layer architecture"]),
        ("The Wye-50 classifier yields an F1-score of 88%.", ["Wye-50"]),
        ("Zed achieves 95.5% success rate, surpassing pi0-FAST's 85.5%.", ["Zed", "pi0-FAST"]),
        ("Wye-R1 achieves 3.9% accuracy, whereas the GPT-5 achieves 55.9%.", ["Wye-R1", "GPT-5"]),
        ("Wye reduces token cost by 45.9% and increases the bug-fixing rate to 73.5%.", ["Wye", "Wye"]),
        ("Zed is comparable to text-driven methods (CLIP-I: 0.6605 vs. 0.6558).", ["Zed", "text-driven methods"]),
        ("Experiments reveal the best language models achieve only 49% accuracy.", ["best language models"]),
        ("GPT-5 reaches 45.0% accuracy, followed by Wye-3 (43.1) and Why-4 (42.7).", ["GPT-5", "Wye-3", "Why-4"]),
        (
            "Our model, Zed-R, advances the scores on A1, B2, and C3 to achieve 80.3%, 61.8%, and 43.9%.",
            ["Zed-R", "Zed-R", "Zed-R"],
        ),
        (
            "The best is GPT-4o, which achieves 47.1%, then comes (i.e., Why Chat V1.5), which achieves 29.2%.",
            ["GPT-4o", "Why Chat V1.5"],
        ),
        ("Wye with per-tensor static quantization achieves a 71.1% accuracy.", ["Wye"]),
        ("It is hard for humans (60% F1) and multi-modal LLMs (< 24% F1).", ["humans", "multi-modal LLMs"]),
        (
            "GPT-4.1 achieves a success rate of 86.7%, surpassing the best by 20 percentage points.",
            ["GPT-4.1", "GPT-4.1"],
        ),
        ("Zed outperforms Wye-1 (3.3 FID) and Why-2 (3.05 FID).", ["Wye-1", "Why-2"]),
        ("The scores (e.g., GPT-4 at 27%, GPT-5 at 58%) tell it.", ["GPT-4", "GPT-5"]),
        ("The rates rise from 4.6% to 21.5% for LLMs.", ["LLMs"]),
        ("An accuracy of 9.8% for the best general-purpose model is reached.", ["best general-purpose model"]),
        ("It is best (Wye: from 30.6% to 33.9%), (Why: from 72.5% to 74.4%).", ["Wye", "Why"]),
        ("The accuracy is only 4.0%, achieved by GPT-5.", ["GPT-5"]),
        ("Our 7B model achieves a score of 77.1.", ["7B model"]),
        ("We show that 1) Wye-Ground outperforms all by 20%.", ["Wye-Ground"]),
        ("It reaches 91.3% accuracy, surpassing Why (89.1%).", ["Zed", "Why"]),
        ("It has a score of 0.15, compared to scores of 0.148 and 0.143 for DoRA and LoRA.", ["Zed", "DoRA", "LoRA"]),
        ("Zed outperforms the Wye-2 (gFID 2.74 vs. 3.04).", ["Zed", "Wye-2"]),
        ("Zed increases Wye-1.5's accuracy from 19.3% to 51.7%.", ["Wye-1.5"]),
        ("With the highest performing model attaining a score of 21.7%, it is hard.", ["highest performing model"]),
        ("Even the most advanced models, such as GPT-4o, achieve only 55.7% accuracy.", ["GPT-4o"]),
        (
            "Zed gains 73.5%, dramatically outperforming state-of-the-art models: Kimi-K2 (24.1%) and GLM-4.5 (45.1%).",
            ["Zed", "Kimi-K2", "GLM-4.5"],
        ),
        (
            "Wye-3B advances from 73.9 to 78.3 on GSM8K, while Zed-2B rises from 38.5 to 58.7 on GSM8K.",
            ["Wye-3B", "Zed-2B"],
        ),
        ("We also introduce Wye (WY) for online learning, achieving 34.9 on VQA.", ["Wye"]),
        ("The Wye-2 model, post-trained on our data, achieves 83% accuracy.", ["Wye-2"]),
        ("It comprises WyeDecoder, a CPU-based video decoder that achieves 2x speedup.", ["WyeDecoder"]),
        ("A WyeFormer architecture that achieved an AUC of 0.92 is built.", ["WyeFormer"]),
        ("We show that bidirectional scanning yields up to 8.42% gain.", ["bidirectional scanning"]),
        ("Zed has an NMI of 0.575 vs. 0.513 for BERTopic.", ["Zed", "BERTopic"]),
        ("Zed uses PPO, a method that reduces variance, and improves reward by 12%.", ["Zed"]),
    ],
)
def test_a_subject_is_who_acts_and_not_who_is_named_in_passing(text: str, subjects: list[str]) -> None:
    assert [m["subject"] for m in metrics(text)] == subjects


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("On hard scenes, larger objects show gains of 12%.", ["larger objects"]),
        ("Evaluating 12 recent VLMs reveals an accuracy below 31%.", ["VLMs"]),
        ("Fine-tuning required only 12% of the data.", ["Fine-tuning"]),
        ("With Wye-v2, we reach an accuracy of 81%.", ["Wye-v2"]),
        ("Our score is 71.2%, compared to 64.1% for the best baselines.", [None, "best baselines"]),
        ("Even the strongest agents succeed on 40% of the cases.", ["strongest agents"]),
        ("We apply it to GPT-4o with gains of 12%.", ["GPT-4o"]),
        ("In tests it outperforms larger models, using 90x fewer parameters.", [None]),
        (
            "For example, GPT-4 Turbo's toxicity increases by 16%, and DeepSeek R1 fails on 21% of them.",
            ["GPT-4 Turbo", "DeepSeek R1"],
        ),
        ("We fine-tune the Wye-3 Mini model on it, achieving a success rate of 97%.", ["Wye-3 Mini model"]),
        ("We reach gains of 12%.", [None]),
        ("Compared to methods without it, our approach gains 12%.", [None]),
        ("Performance for hard scenes drops by 12%.", [None]),
        ("The whole pipeline reduces cost by 40%.", [None]),
        ("The proposed ranking approach reduces cost by 40%.", [None]),
        ("Using GPT-4 as a judge, our method wins 62% of the time.", [None]),
    ],
)
def test_where_a_work_has_no_name_the_subject_is_whoever_acts_or_is_tried(
    text: str, subjects: list[str | None]
) -> None:
    assert [m["subject"] for m in metrics(text, title="On Seeing")] == subjects


@pytest.mark.parametrize(
    ("title", "abstract", "name", "is_benchmark"),
    [
        ("Zed v2: Fast Flow", "We are fast.", "Zed v2", False),
        ("Zed v2: Fast Flow", "Zed v2 is fast.", "Zed v2", False),
        ("Zed-VL Technical Report", "We are fast.", "Zed-VL", False),
        ("Zed:Fast Flow", "We are fast.", "Zed", False),
        ("Experts Need Not Monopolize", "We propose a Mixture of Experts (MoE) with care.", None, False),
        ("Answers Found", "We propose retrieval with many RAGs.", None, False),
        ("Answers Found", "We propose Recall, a retrieval framework.", "Recall", False),
        ("Swift Routes", "We propose a novel swift-route (SwR2) strategy.", "SwR2", False),
        ("ZEDA -- Enabling Avatars: Fast", "We are fast.", "ZEDA", False),
        ("Zed: Contrasting Retrieval Heads", "We are fast.", "Zed", False),
        ("Zed: Uncertainty from the Pre-training Corpus", "We are fast.", "Zed", False),
        ("Zed: A Large-Scale Corpus of Speech", "We are many.", "Zed", True),
        ("ZedEval: How Well Do Models Speak", "We ask.", "ZedEval", True),
        ("Zed-4o System Card", "We are fast.", "Zed-4o", False),
        ("Beyond Fine-tuning: Pretraining for All", "Beyond Fine-tuning we are fast.", None, False),
        ("Position: Consistency First", "We argue.", None, False),
        ("Next Granular Generation", "The Next Granular Generation (NGG) framework is fast.", "NGG", False),
        ("Flow for World Models", "We propose DUal-STream diffusion (DUST), fast.", "DUST", False),
        ("KV Prediction for Improved Time", "We like KV Prediction.", "KV Prediction", False),
        ("Finding Gaps", "We propose stochastic error ascent (SEA), fast.", "SEA", False),
        ("Finding Gaps", "We propose a graph neural network (GNN), fast.", None, False),
        ("Finding Gaps", "We propose a fast method (SEA) for gaps.", None, False),
        ("How to Train", "With it, we train Zed-7B, which is fast.", "Zed-7B", False),
        ("Comparing Crowds", "We propose Crowd-based reasoning, which is fast.", None, False),
        ("Finding Gaps", "We develop Meta Reinforcement Tuning, or MRT, which is fast.", "MRT", False),
        ("Finding Gaps", "We introduce Diffusion Preview, which is fast.", "Diffusion Preview", False),
        ("Finding Gaps", "We propose {bf Elastic-Cache}, which is fast.", "Elastic-Cache", False),
        ("Finding Gaps", "Our Distilled Voice Assistant (DiVA) is fast.", "DiVA", False),
        ("Finding Gaps", "We propose a mixture of horizons (MoH) strategy.", "MoH", False),
        ("Finding Gaps", "We turn this into VSA, a fast attention.", "VSA", False),
        (
            "Finding Gaps",
            "This creates a need for Automated Program Repair (APR). Our prototype system, Will-1, is fast.",
            "Will-1",
            False,
        ),
        ("Finding Gaps", "We find it by introducing Visual Inverse Noise (VARIN).", "VARIN", False),
        (
            "The Tool Decathlon: Evaluating Agents",
            "We introduce the Tool Decathlon (dubbed as Toolathlon), a benchmark.",
            "Toolathlon",
            True,
        ),
    ],
)
def test_a_work_has_the_name_that_its_title_gives_it(
    title: str, abstract: str, name: str | None, is_benchmark: bool
) -> None:
    texts = pl.DataFrame({"text_id": ["1"], "title": [title], "abstract": [abstract]}, schema=dict(TEXT))
    found = paper_names(texts, Vocabulary.read(SEEDS).common_terms["term"]).row(0, named=True)
    assert (found["paper_name"], found["is_benchmark"]) == (name, is_benchmark)
