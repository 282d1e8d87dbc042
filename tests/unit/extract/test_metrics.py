"""What counts as a result, and how each field is read; sentences are made up."""

import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import TITLE, VOCABULARY, extract, metrics

from paperhouse.extract.metrics import METRIC_SCHEMA, extract_metrics
from paperhouse.extract.washing import SIGNS, SPELLED_SIGNS, WASH


def one(abstract: str, title: str | None = TITLE) -> dict[str, Any]:
    (metric,) = metrics(abstract, title)
    return metric


def has(metric: dict[str, Any], **fields: Any) -> None:
    assert {name: metric[name] for name in fields} == fields


# ---- value and unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Zed reduces memory by 62%.", 62, "%"),
        (r"Zed reduces memory by 62\%.", 62, "%"),
        (r"Zed reduces memory by $62\%$.", 62, "%"),
        ("Zed reduces memory by sixty percent.", 60, "%"),
        ("Zed is 2.5x faster.", 2.5, "x"),
        (r"Zed is $2.5\times$ faster.", 2.5, "x"),
        ("Zed is 2.5times faster.", 2.5, "x"),
        ("Zed is 2.5× faster.", 2.5, "x"),
        ("Zed is 12-fold faster.", 12, "x"),
        ("Zed is two times faster.", 2, "x"),
        ("Zed is twice as fast.", 2, "x"),
        ("Zed needs half the memory.", 0.5, "x"),
        ("Zed is three orders of magnitude faster.", 3, "orders_of_magnitude"),
        ("Zed is an order of magnitude faster.", 1, "orders_of_magnitude"),
        ("Zed is 2 orders of magnitude faster.", 2, "orders_of_magnitude"),
        ("Zed gains 8.4 EM points.", 8.4, "points"),
        ("Zed gains more than 10 spBLEU points.", 10, "points"),
        ("Zed gains 2.3 points in accuracy.", 2.3, "points"),
        ("Zed outperforms Wye by 4.1 percentage points.", 4.1, "points"),
        ("Zed has a latency of 1,250 ms.", 1250, "ms"),
        ("Zed achieves 1.2k tokens/s throughput.", 1200, "tokens/s"),
        ("Zed has a context window of 2M tokens.", 2_000_000, "tokens"),
        ("Zed processes more than 1M tokens at once.", 1_000_000, "tokens"),
        ("Zed extrapolates to 4 million tokens.", 4_000_000, "tokens"),
        ("Zed fine-tunes a large model within a single 24GB GPU.", 24, "GB"),
        ("Zed generates 25 frames per second.", 25, "FPS"),
        ("Zed has sub-second latency with up to 29 FPS streaming generation.", 29, "FPS"),
        ("Zed achieves up to 5 acceleration over the base model.", 5, "x"),
        ("The best models reach only 36 average F1 score.", 36, "score"),
        ("Zed uses only sim20% of the calls.", 20, "%"),
        ("Zed achieves 90 F1 on MNIST.", 90, "score"),
        ("Zed trains in 1.5 GPU hours.", 1.5, "GPU-hours"),
        ("Zed uses 1.2 MWh.", 1.2, "MWh"),
        ("Zed reads 31 words per minute.", 31, "words/minute"),
        ("Zed takes seven seconds per image.", 7, "s/image"),
        ("Zed runs in forty minutes.", 40, "minutes"),
        ("Zed achieves an AUC of .91.", 0.91, "score"),
        ("Zed achieves state-of-the-art results (0.752 mAP@.50:.95).", 0.752, "score"),
        ("Zed reduces the cost by a factor of approximately 3.", 3, "x"),
        ("Zed is faster by more than factor 3.", 3, "x"),
        (r"Zed reaches 95.7\% point-wise AU-ROC.", 95.7, "%"),
        ("Zed has a 1.2-second response time.", 1.2, "seconds"),
        (r"Zed achieves detection times of up to 727 {\mu}s on a phone.", 727, "us"),
        (r"Zed achieves detection times of up to 727 $\mu$s on a phone.", 727, "us"),
        ("Zed needs less than 1/20 of pretraining compute.", 0.05, "x"),
        ("Zed is as good when using only 1/20th of the data.", 0.05, "x"),
        ("Zed needs only one-twentieth of the training iterations.", 0.05, "x"),
        ("Zed needs only an eighth of the memory.", 0.125, "x"),
        ("Zed lifts it (plus6.43 percent BLEU-1).", 6.43, "%"),
        ("Wye shows that search performance improved seven-fold.", 7, "x"),
        ("Zed reduces the total units from 22M to 700K.", 700000, "units"),
        ("Zed is able to reach the lowest cost (\\$0.34) of all.", 0.34, "USD"),
        ("The best vocabulary size is at least 216K, 7 times larger than now.", 7, "x"),
        ("Zed sustains 20.7 FPS on one GPU.", 20.7, "FPS"),
        ("Zed runs on cheap hardware (<16GB VRAM).", 16, "GB"),
        ("Worlds are made at low cost (4.12 USD on average).", 4.12, "USD"),
        ("Zed can process 32 source images at once.", 32, "images"),
        ("Zed supports 109 languages.", 109, "languages"),
        ("Zed scales to 1,000+ images.", 1000, "images"),
        ("Zed sees it with only 576 visual tokens.", 576, "tokens"),
        ("Zed reads texts to an exceptional length of 50,176 tokens.", 50176, "tokens"),
        ("Zed achieved an acceleration factor of 2.57.", 2.57, "x"),
        ("Zed works by doubling training speed.", 2, "x"),
        ("The number of theorems in Wye grows from 110k to 6M.", 6000000, "theorems"),
        ("Zed brings improvements of upto 24%.", 24, "%"),
        ("Zed supports up to 240-second videos.", 240, "seconds"),
        ("Zed lifts it and has a 4.44 average length.", 4.44, "score"),
        ("Zed cuts training to within two minutes.", 2, "minutes"),
        ("Zed needs less than one second.", 1, "seconds"),
        ("Zed needs only one-fiftieth of the training data.", 0.02, "x"),
        ("Zed is 15timessim50times faster.", 15, "x"),
        ("Zed has a context length of approximately 580k.", 580000, "tokens"),
        ("Zed achieves a validation submission rate of 0.85.", 0.85, "score"),
        ("Zed expands the number of languages from 86 to 338.", 338, "languages"),
        ("Zed samples with as few as 5 inference steps.", 5, "steps"),
        ("Zed reduces inference cost to 1/10.", 0.1, "x"),
        ("Zed delivers an average speedup of x17.7 across all kernels.", 17.7, "x"),
        ("Zed accelerates Wye by $\\times$1.5.", 1.5, "x"),
        ("Zed delivers an average improvement about 2.41 over Wye.", 2.41, "points"),
        ("Zed supports generation lasting up to five minutes.", 5, "minutes"),
        ("Zed predicts energies with an accuracy of 20 meV/atom.", 20, "meV/atom"),
        ("Zed shows strong validity (AUC: 0.97, 95% CI: 0.95-0.99).", 0.97, "score"),
        ("Zed achieves 125.1 CIDEr-D on Wye.", 125.1, "score"),
        ("Zed reaches a Spearman rho of 0.80.", 0.8, "score"),
        ("We report a Pearson correlation of $r = 0.819$ with experts.", 0.819, "score"),
        ("Agreement was strong (Fleiss' $\\kappa$ = 0.600).", 0.6, "score"),
        ("It showed a weak association (r = 0.23).", 0.23, "score"),
        ("Zed achieves a 20.15%reduction in cost.", 20.15, "%"),
        ("Zed has a low root mean square error of the predicted distribution of 0.1205.", 0.1205, "score"),
        ("Zed achieves concordance indices up to 0.82.", 0.82, "score"),
        ("Zed achieves a mAP@50:95 of 0.7663.", 0.7663, "score"),
        ("Zed reaches frame rates at about 30 FPS.", 30, "FPS"),
        ("Zed reaches a fractional cover R$^2 = 0.81$.", 0.81, "score"),
        ("Zed cuts noise by approximately 8 dBA.", 8, "dBA"),
        ("Inter-frame correlations exceeded 0.98.", 0.98, "score"),
        ("Zed achieves 12.2 mDice gains on Wye.", 12.2, "points"),
        ("Zed runs at ~0.17 s/frame.", 0.17, "s/frame"),
        ("Zed elevates the score from a text-only baseline of 22.1 to 50.5.", 50.5, "score"),
        ("Zed brought down training time by far (3.8 hours).", 3.8, "hours"),
        ("Zed can be extended to 96K long contexts.", 96000, "tokens"),
        ("Zed achieved a coefficient of determination value of 0.88.", 0.88, "score"),
        ("The score has nearly doubled (rising from 9.3 to 17.2).", 17.2, "score"),
        ("Zed improves the SSIM from 0.926 to a near-perfect 0.988.", 0.988, "score"),
        ("Zed predicts retention with $r = 0.83$.", 0.83, "score"),
        ("Zed yields marginal gains (from 0.92 to 0.94).", 0.94, "score"),
        ("Ratings agree (Pearson's $r = 0.568$).", 0.568, "score"),
        ("Zed delivers a speedup of x1,200 on Wye.", 1200, "x"),
        ("Zed cuts latency from 2 s/frame to 50 ms/frame.", 50, "ms/frame"),
        ("Zed has an AUC of 0.97, 95% CI 0.95-0.99.", 0.97, "score"),
        ("Denoising is reduced to 4 steps.", 4, "steps"),
        ("Zed has a structural similarity index (SSIM) of 0.990.", 0.99, "score"),
        ("Clinicians rated Zed highly (average 4.6 out of 5) for its usability.", 4.6, "score"),
        ("Zed reaches 51.4\\% mAP\\textsubscript{50} on WyeQA.", 51.4, "%"),
        ("Zed achieves a mean error of 25.72$^\\circ$.", 25.72, "degrees"),
        ("Zed runs with sub-20ms latency.", 20, "ms"),
        ("Zed costs less than 1/20th the cost of Wye.", 0.05, "x"),
        ("The best model is able to solve only 15 tasks.", 15, "tasks"),
        ("Zed ranks first in 30 out of 31 language pairs.", 30, "language pairs"),
        ("Zed improves over models such as Wye (0.67).", 0.67, "score"),
        ("Zed surpasses Wye by 1.3 J&F on WyeQA.", 1.3, "points"),
        ("Among rivals the mean is lower, at last 0.412 in all.", 0.412, "score"),
        ("Judges agree far more on Zed (up to 0.93).", 0.93, "score"),
        ("Zed asks for 3.7 tool calls in the end.", 3.7, "tool calls"),
        ("Zed adapts on as few as 40 images.", 40.0, "images"),
        ("Zed converges within only 90 iterations.", 90.0, "iterations"),
        ("Zed converges within 90 iterations.", 90.0, "iterations"),
        ("Zed works with as little as 5 examples.", 5.0, "examples"),
        ("Zed achieves SOTA on 32 benchmarks.", 32.0, "benchmarks"),
        ("Zed outperforms existing models on 16 benchmarks.", 16.0, "benchmarks"),
        ("We asked 120 developers in 2023. 42% of them use Zed daily.", 42.0, "%"),
        ("Errors fell on Wye 2. 30% of the gain is lost.", 30.0, "%"),
        ("Zed is best on CIFAR-10. 5% of the labels suffice.", 5.0, "%"),
        ("Zed is at an error of 0.31 px on WyeQA.", 0.31, "px"),
        ("Zed replies with an average of 310 ms.", 310.0, "ms"),
        ("Zed reaches 52 points on WyeQA.", 52.0, "score"),
        ("Zed agrees with experts in 71. 25% of cases.", 71.25, "%"),
        ("The mean absolute error is 35.5 HU.", 35.5, "HU"),
        ("Zed consumes 11.7 microjoules for one pixel.", 11.7, "uJ"),
        ("Zed reduces the energy to 3.2 kJ.", 3.2, "kJ"),
        ("Zed cuts acquisition time and dose four-fold.", 4, "x"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    has(one(text), value=value, unit=unit)


@pytest.mark.parametrize("dash", ["-", "–", "—", " to ", "--", "-to-"])
def test_a_range_has_both_ends(dash: str) -> None:
    has(one(f"Zed reduces latency by 1.9{dash}38.8x."), value=1.9, value_high=38.8, unit="x", baseline_value=None)


@pytest.mark.parametrize("text", ["Zed has an accuracy between 96% and 93%.", "Zed has an accuracy of 96%-93%."])
def test_a_range_has_its_smaller_end_first(text: str) -> None:
    has(one(text), value=93, value_high=96, unit="%")


def test_orders_of_magnitude_may_be_a_range() -> None:
    has(one("Zed is 2-3 orders of magnitude faster."), value=2, value_high=3, unit="orders_of_magnitude")


def test_two_equal_ends_are_no_range() -> None:
    has(one("Zed improves accuracy by 2%-2%."), value=2, value_high=None)


def test_both_ends_of_a_range_may_carry_the_unit() -> None:
    has(one("Zed improves accuracy by 5% to 10%."), value=5, value_high=10, unit="%")


def test_the_ends_of_a_range_may_have_two_units() -> None:
    has(one("Zed quantizes a model within 20 minutes to 5 hours."), value=20, value_high=300, unit="minutes")


def test_by_how_much_a_rival_is_beaten_may_be_a_range() -> None:
    has(one("Zed is robust, surpassing baselines from 8.9 to 14.0 points."), value=8.9, value_high=14, unit="points")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Zed reaches accuracies from 85.1% to 92.3% on WyeQA.", (85.1, 92.3, "%")),
        (r"Zed improves BLEU by 1.6\% \sim 3.9\% over Wye.", (1.6, 3.9, "%")),
        ("Zed reduces latency by 10% to 20%.", (10, 20, "%")),
        ("Zed reaches near-90% accuracy.", (90, None, "%")),
        ("Zed gains 3.4 %pt. in accuracy.", (3.4, None, "points")),
        ("Zed is ahead with an accuracy of 85.2%.", (85.2, None, "%")),
        (r"On it, WyeNet-50 \sim 76.1\% accuracy is reached.", (76.1, None, "%")),
        ("We find a higher speed: 5.94x - 3.5x higher than Wye.", (3.5, 5.94, "x")),
        ("Zed has a mean absolute error of 2.3 mmHg.", (2.3, None, "mmHg")),
        ("Zed has RMSEs ranging between 1.5 m and 8.9 m.", (1.5, 8.9, "m")),
        ("Zed has a latency ranging between 5 and 10 ms.", (5, 10, "ms")),
        ("Zed has an accuracy ranging between 80.1% and 90.2%.", (80.1, 90.2, "%")),
        (r"Zed runs in 2.5$\sim$3.5 seconds.", (2.5, 3.5, "seconds")),
        ("Inference is faster by factors of 2 to 3.", (2, 3, "x")),
        ("Zed has an accuracy of 85 across six benchmarks.", (85, None, "score")),
    ],
)
def test_the_ends_of_a_range_are_no_change(text: str, ends: tuple[float, float | None, str]) -> None:
    value, high, unit = ends
    has(one(text), value=value, value_high=high, unit=unit, baseline_value=None)


@pytest.mark.parametrize("times", ["x1.5", r"$\times$1.5", r"$\times 1.5$", "×1.5"])
def test_a_sign_of_times_may_stand_before_its_number(times: str) -> None:
    text = f"Zed delivers a speedup of {times} on Wye."
    has(one(text), value=1.5, unit="x", evidence=text[text.index(times) : text.index(" on")].strip("$"))


@pytest.mark.parametrize("text", ["accuracy by ×5k tokens", "throughput by ×5points on Wye", r"cost by $\times$5k"])
def test_a_sign_of_times_before_what_is_no_factor_stays_where_it_is(text: str) -> None:
    assert [m for m in metrics(f"Zed improves {text}.") if m["unit"] == "x"] == []


def test_factors_behind_their_signs_may_be_a_list() -> None:
    text = r"Zed achieves $\times 16$, $\times 10$ and $\times 5$ improvements."
    assert [(m["value"], m["unit"]) for m in metrics(text)] == [(16, "x"), (10, "x"), (5, "x")]


def test_what_a_number_is_for_takes_no_unit_from_the_next() -> None:
    assert [m["value"] for m in metrics("Zed brings gains (11.0% for 2B and 17.4% for 7B) over Wye.")] == [11.0, 17.4]


def test_between_and_is_a_range() -> None:
    has(one("Zed is between 3x and 5x faster than Wye."), value=3, value_high=5, unit="x")


@pytest.mark.parametrize(
    ("text", "level", "gain"),
    [
        (
            "Zed achieves an accuracy of 92.1%, 3.2% higher than Wye.",
            (92.1, "score"),
            (3.2, "percent_change", "increase"),
        ),
        ("Zed has an FID of 3.2, 15% lower than Wye.", (3.2, "score"), (15, "percent_change", "decrease")),
        ("Zed has a latency of 35 ms, 20 ms lower than Wye.", (35, "measurement"), (20, "difference", "decrease")),
        ("Zed reaches 44.8 AP on Why, 2.1 AP above Wye.", (44.8, "score"), (2.1, "difference", "increase")),
        ("Zed reaches 91.3%, 1.2 points below full tuning.", (91.3, "score"), (1.2, "difference", "decrease")),
    ],
)
def test_how_far_a_level_is_from_another_is_a_change_behind_it(text: str, level: tuple, gain: tuple) -> None:
    first, second = metrics(text)
    assert (first["value"], first["kind"]) == level
    assert (second["value"], second["kind"], second["direction"]) == gain


@pytest.mark.parametrize(
    "text", ["Zed costs 0.7 points of accuracy loss.", "Zed is small at a cost of 0.7 points in F1."]
)
def test_points_that_are_lost_are_a_decrease(text: str) -> None:
    has(one(text), value=0.7, kind="difference", direction="decrease")


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("Zed solves 61% of tasks, up from 47%.", 61, 47),
        ("Zed completes a campaign in 3 days instead of 4 weeks.", 3, 28),
        ("PESQ on WyeBank rises from 2.98 to 3.41.", 3.41, 2.98),
        ("Recall thereby rises to 68%, against 51% before.", 68, 51),
        ("The score comes down to 11.3 from the 15.2 of other agents.", 11.3, 15.2),
        ("Zed goes from 78.9% accuracy in the first round to 81.6% in the second.", 81.6, 78.9),
        ("Editing gains as well (WyeEdit 3.29→3.81).", 3.81, 3.29),
        ("The error rate, which was 28.1%, comes down to 14.5%.", 14.5, 28.1),
        ("It pushes accuracy to 41%, where it had been 28% before.", 41, 28),
        ("Zed reaches 52.4% pass@1 on AIME 2025, up from 37.9%, which is good.", 52.4, 37.9),
        ("Zed solves 61.2% of our coding and math dialogues, down from 77.9%.", 61.2, 77.9),
        ("The success rate of overtaking rises from 71% to 92%.", 92, 71),
        ("The accuracy of classifying heart beats improves from 91.2% to 94.3%.", 94.3, 91.2),
        ("Zed takes 3 hours on a GPU, down from 12 hours.", 3, 12),
    ],
)
def test_the_end_of_a_change_may_stand_apart(text: str, value: float, base: float) -> None:
    has(one(text), value=value, baseline_value=base)


@pytest.mark.parametrize(
    "text",
    ["With a dropout of 20%, Zed reaches 91.4% accuracy.", "Zed gets an accuracy of 91.4% (95% CI, 0.87 to 0.92)."],
)
def test_under_what_it_was_measured_and_how_sure_it_is_are_no_results(text: str) -> None:
    assert 91.4 in [m["value"] for m in metrics(text)]
    assert not {20.0, 95.0} & {m["value"] for m in metrics(text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("With this approach Zed achieves 84.2% on Why, 71.3% on Wye, and 54.1% on Woe.", 84.2),
        ("Under attack the model keeps 72% of predictions correct, a 12% drop.", 72),
        ("With 72.5% of questions answered correctly, Zed beats the human average of 65%.", 72.5),
        ("Zed is first with an mAP of 54.1 ahead of YOLOv8.", 54.1),
        ("Zed has an accuracy of 92.1% above all baselines.", 92.1),
    ],
)
def test_a_level_stays_one_whatever_stands_around_it(text: str, value: float) -> None:
    has(metrics(text)[0], value=value, kind="score", direction=None)


@pytest.mark.parametrize("text", ["The robot is 5 m below the surface.", "Zed climbs 0.5 m above the ground."])
def test_where_something_is_is_no_difference(text: str) -> None:
    assert not [m for m in metrics(text) if m["kind"] == "difference"]


def test_a_change_may_begin_at_what_could_be_a_year() -> None:
    has(one("Zed reduces the number of steps from 2000 to 20."), value=20, baseline_value=2000)


def test_a_level_with_which_a_rival_is_surpassed_is_no_change() -> None:
    has(one("Zed surpasses Wye with 91.2% on ImageNet."), value=91.2, kind="score")
    has(one("Zed surpasses Wye with 3.1 points on ImageNet."), value=3.1, kind="difference", direction="increase")


def test_a_list_of_prices_is_one_change_a_member() -> None:
    prices = metrics("Zed lowers costs by $3, $5, and $7.")
    assert [(m["value"], m["unit"], m["direction"]) for m in prices] == [(v, "USD", "decrease") for v in (3, 5, 7)]


def test_of_two_changes_in_a_row_each_has_its_ends() -> None:
    found = metrics("Zed lifts quality on WyeEval to 0.88 from 0.71 and on WyeBench to 87.42 from 80.15.")
    assert [(m["value"], m["baseline_value"]) for m in found] == [(0.88, 0.71), (87.42, 80.15)]


def test_a_change_has_its_baseline() -> None:
    metric = one("Zed improves accuracy from 70.9% to 85.1%.")
    has(metric, value=85.1, baseline_value=70.9, unit="%", kind="score", direction="increase", quantity="accuracy")
    assert metric["factor"] == pytest.approx(85.1 / 70.9)


def test_a_year_between_the_ends_of_a_change_is_no_end() -> None:
    metric = one("Use of disclaimers dropped from 26.3% in 2022 to 0.97% in 2025.")
    has(metric, value=0.97, baseline_value=26.3, unit="%", evidence="26.3% in 2022 to 0.97%")


def test_what_is_below_nothing_may_be_a_level() -> None:
    has(one("The correlation is weak (mean r = -0.12)."), value=0.12, unit="score", kind="score")


def test_how_much_a_score_moved_may_stand_behind_a_sign() -> None:
    has(one("The score drop is large (ΔF1 = -12.3)."), value=12.3, kind="difference", direction="decrease")


@pytest.mark.parametrize(
    "text",
    [
        "Zed scores 3 points below Wye on WyeQA.",
        "Zed reaches 3 points ahead of Wye on WyeQA.",
        "Zed achieves 5 points of improvement on WyeQA.",
        "Zed achieved 12 points in accuracy gains.",
    ],
)
def test_points_beside_a_rival_are_no_score(text: str) -> None:
    assert one(text)["kind"] == "difference"


def test_a_measure_and_its_rivals_have_one_unit() -> None:
    found = metrics("Zed is faster (1.45 vs. 13.50 hours).")
    assert [(m["value"], m["unit"]) for m in found] == [(1.45, "hours"), (13.5, "hours")]


def test_what_goes_on_behind_an_and_is_a_change_as_well() -> None:
    found = metrics("Zed beats Wye by 21.9 on Why and 15.4 on Who.")
    assert [(m["value"], m["unit"], m["kind"]) for m in found] == [
        (21.9, "points", "difference"),
        (15.4, "points", "difference"),
    ]


def test_a_score_after_a_gain_in_the_same_list_is_a_gain() -> None:
    found = metrics("Zed surpasses Wye by 1.17 dB PSNR and 0.0163 SSIM on A1.")
    assert [(m["value"], m["unit"], m["kind"]) for m in found] == [
        (1.17, "dB", "difference"),
        (0.0163, "points", "difference"),
    ]


def test_a_change_may_end_in_a_range() -> None:
    has(one("Zed reduces inference steps from 20 to 1-4."), value=1, value_high=4, baseline_value=20, unit="steps")
    has(one("Zed cuts latency from 50 to 20-30 ms."), value=20, value_high=30, baseline_value=50, unit="ms")
    has(one("Zed lifts accuracy from 50% to 60-70%."), value=60, value_high=70, baseline_value=50, unit="%")


def test_the_baseline_may_come_last() -> None:
    has(one("Zed lowers perplexity to 7.23 from 9.64."), value=7.23, baseline_value=9.64, direction="decrease")


def test_the_baseline_may_be_a_rivals() -> None:
    has(one("Zed raises pass@1 from Wye's 4.6% to 16.4%."), value=16.4, baseline_value=4.6, direction="increase")


def test_a_baseline_in_another_unit_is_converted() -> None:
    metric = one("Training time is reduced from 3 days to just 76 minutes.")
    has(metric, value=76, baseline_value=4320, unit="minutes", kind="measurement", direction="decrease")


def test_a_spread_is_no_second_number() -> None:
    has(one("Zed achieves an accuracy of 85.1 ± 0.3%."), value=85.1, unit="%")


def test_a_list_is_one_metric_a_member() -> None:
    found = metrics("Zed outperforms Alpha, Beta and Gamma by 87%, 131% and 138%.")
    assert [m["value"] for m in found] == [87, 131, 138]
    assert [m["baseline"] for m in found] == ["Alpha", "Beta", "Gamma"]
    assert {m["direction"] for m in found} == {"increase"}


def test_a_list_may_carry_its_unit_at_the_end() -> None:
    assert [(m["value"], m["unit"]) for m in metrics("Zed improves BLEU by 1.2, 3.4 and 5.6 points.")] == [
        (1.2, "points"),
        (3.4, "points"),
        (5.6, "points"),
    ]


def test_one_figure_in_apposition_to_another_is_of_the_same_measure() -> None:
    score, gain = metrics("Zed reduces FVD to 360.57, a 21.2% improvement over Wye.")
    has(score, value=360.57, unit="score", quantity="FVD")
    has(gain, value=21.2, unit="%", quantity="FVD", direction="decrease")


def test_points_may_stand_behind_the_last_of_two_numbers() -> None:
    has(one("Zed adds 4.7% to 9.6% absolute points on other tasks."), value=4.7, value_high=9.6, unit="points")
    level, difference = metrics("Zed reaches an accuracy of 82.1%, 3.4% points higher than GPT-4.")
    has(level, value=82.1, unit="%", kind="score")
    has(difference, value=3.4, unit="points")
    assert [m["unit"] for m in metrics("Zed gains 5% and 3.1 points on two tasks.")] == ["%", "points"]


@pytest.mark.parametrize(
    ("text", "values", "quantity"),
    [
        ("Zed has an accuracy of 64.1 with sampling and 65.4 after correction.", [64.1, 65.4], "accuracy"),
        (r"Zed has an FID of \emph{1.46} for faces and \emph{1.38} for rooms.", [1.46, 1.38], "FID"),
        ("The latency is 600ms in theory and 800ms in practice.", [600, 800], "latency"),
        ("The throughput is 71 tokens/s on M2-Ultra, and 11 tokens/s on a Pi 5.", [71, 11], "throughput"),
        ("The throughput is 4.32/2.29 tokens/s.", [4.32, 2.29], "throughput"),
    ],
)
def test_one_measure_may_have_a_figure_for_each_of_two_settings(text: str, values: list[float], quantity: str) -> None:
    assert [(m["value"], m["quantity"]) for m in metrics(text)] == [(value, quantity) for value in values]


def test_a_percentage_at_the_end_of_a_list_is_of_all_its_members() -> None:
    found = metrics("Zed outperforms Alpha, Beta and Gamma by 87, 131 and 138%.")
    assert [(m["value"], m["unit"]) for m in found] == [(87, "%"), (131, "%"), (138, "%")]


# ---- kind, direction, factor, quantity


@pytest.mark.parametrize(
    ("text", "kind", "direction", "factor", "quantity"),
    [
        ("Zed reduces KV cache memory by 62%.", "percent_change", "decrease", 0.38, "KV cache memory"),
        ("Zed gives a 53 times reduction in parameters.", "ratio", "decrease", 1 / 53, "parameters"),
        ("Zed achieves 1.9x faster decoding.", "ratio", "increase", 1.9, "decoding"),
        ("Zed gives a 2.72x decoding speedup.", "ratio", "increase", 2.72, "decoding speed"),
        ("Zed needs half the memory.", "ratio", "decrease", 0.5, "memory"),
        ("Zed has 30% lower latency than Wye.", "percent_change", "decrease", 0.7, "latency"),
        ("Zed shows an increase in recall of 9.1%.", "percent_change", "increase", 1.091, "recall"),
        ("Zed achieves an accuracy of 85%.", "score", None, None, "accuracy"),
        ("Zed achieves 85% accuracy.", "score", None, None, "accuracy"),
        ("Zed achieves a FID of 2.09.", "score", None, None, "FID"),
        ("Zed improves BLEU by 1.2.", "difference", "increase", None, "BLEU"),
        ("Zed has 0.7 better perplexity than Wye.", "difference", "decrease", None, "perplexity"),
        ("Latency is reduced by 20 ms.", "difference", "decrease", None, "Latency"),
        ("Zed has a latency of 20 ms.", "measurement", None, None, "latency"),
        ("Zed is two orders of magnitude cheaper.", "ratio", "decrease", 0.01, "cost"),
    ],
)
def test_a_claim_has_kind_direction_factor_and_quantity(
    text: str, kind: str, direction: str | None, factor: float | None, quantity: str
) -> None:
    metric = one(text)
    has(metric, kind=kind, direction=direction, quantity=quantity)
    assert metric["factor"] == (None if factor is None else pytest.approx(factor))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Zed has the best performance on 15 out of 24 tasks.", 15, "tasks"),
        ("Zed allows batch sizes of 32868 without loss.", 32868, "samples"),
        ("Zed extends the context length from 4K to 128K.", 128_000, "tokens"),
        ("Zed reduces the number of generation steps from 256 to 20.", 20, "steps"),
        ("Zed keeps its quality up to as long as 32k tokens.", 32_000, "tokens"),
        ("Zed reaches a 128K effective context length.", 128_000, "tokens"),
        ("Zed solves 26 problems.", 26, "problems"),
        ("Zed scales to 100,000+ tokens.", 100_000, "tokens"),
        ("Zed is capable of diagnosing 9604 diseases.", 9604, "diseases"),
        ("On average, agents require 16.2 execution turns.", 16.2, "turns"),
        ("Zed leads on 18 of the 25 benchmarks.", 18, "benchmarks"),
        ("Inputs of 128K tokens can be processed.", 128_000, "tokens"),
        ("Our policy copes with over 1,500 objects.", 1500, "objects"),
    ],
)
def test_a_capacity_or_count_that_was_reached_is_a_measurement(text: str, value: float, unit: str) -> None:
    has(one(text), value=value, unit=unit, kind="measurement")


def test_a_better_error_is_a_smaller_one() -> None:
    has(one("Zed gives a 20% improvement in word error rate."), direction="decrease")
    has(one("Zed gives a 20% improvement in accuracy."), direction="increase")


def test_a_sign_gives_the_direction() -> None:
    found = metrics("Zed changes accuracy on Alpha (+2.5%) and on Beta (-1.5%).")
    assert [(m["value"], m["direction"]) for m in found] == [(2.5, "increase"), (1.5, "decrease")]
    said = metrics("Zed moves toxicity on Alpha (down 3.2%) and on Beta (up 2.1%).")
    assert [m["direction"] for m in said] == ["decrease", "increase"]


def test_a_number_that_says_nothing_of_itself_continues_the_one_before() -> None:
    found = metrics("Zed achieves reductions of 90.0% in toxicity on the Alpha dataset and 49.2% on BetaSet.")
    assert [(m["quantity"], m["direction"], m["kind"]) for m in found] == [
        ("toxicity", "decrease", "percent_change")
    ] * 2
    assert [m["dataset"] for m in found] == ["Alpha dataset", "BetaSet"]


def test_a_compound_does_not_reach_over_the_next_number() -> None:
    found = metrics("Zed achieved 8.57x cost-effectiveness and 230x carbon footprint reduction.")
    assert [(m["quantity"], m["direction"]) for m in found] == [
        ("cost-effectiveness", "increase"),
        ("carbon footprint", "decrease"),
    ]


def test_a_level_beside_a_change_is_a_level() -> None:
    found = metrics("Zed has a 0.345 overall score -- an improvement of more than 400% over its base version (0.066).")
    assert [(m["value"], m["unit"]) for m in found] == [(0.345, "score"), (400, "%"), (0.066, "score")]


def test_what_is_counted_may_have_a_complement() -> None:
    has(one("Zed reduces sampling steps of each flow from 25 to 2."), value=2, baseline_value=25, unit="steps")


def test_a_fraction_of_something_is_a_ratio() -> None:
    metric = one("Zed uses less than 1/3 the VRAM of Wye.")
    has(metric, unit="x", kind="ratio", direction="decrease")
    assert metric["value"] == pytest.approx(1 / 3)


def test_a_range_after_a_range_is_one_too() -> None:
    found = metrics(
        "Zed achieves success rates ranging from 88.25% to 96.54% on Wye, and from 86.75% to 97.12% on Why."
    )
    assert [(m["value"], m["value_high"], m["direction"]) for m in found] == [
        (88.25, 96.54, None),
        (86.75, 97.12, None),
    ]


def test_a_tilde_between_bold_numbers_is_a_range() -> None:
    has(one(r"Zed improves accuracy by $\textbf{2.9%}\sim\textbf{7.4%}$ over Wye."), value=2.9, value_high=7.4)


def test_a_tilde_between_two_formulas_is_a_range() -> None:
    has(one(r"Zed achieves speedups of $2.16\times$$\sim$$2.50\times$ over Wye."), value=2.16, value_high=2.5, unit="x")


@pytest.mark.parametrize("sign", ["\\$", "$"])
def test_money_is_read_with_its_sign_before_the_number(sign: str) -> None:
    has(one(f"Training Zed costs only {sign}600 in all."), value=600, unit="USD", quantity="cost")


def test_a_factor_is_a_ratio() -> None:
    has(one("Zed raises the data efficiency by a factor of 3."), value=3, unit="x", quantity="data efficiency")


def test_a_math_delimiter_is_no_money() -> None:
    assert {m["unit"] for m in metrics(r"Zed is $2.5\times$ and $3$ times faster.")} == {"x"}


@pytest.mark.parametrize("text", ["The contribution is threefold.", "We take a two-fold approach.", "A threefold aim."])
def test_what_is_threefold_in_number_of_parts_is_no_result(text: str) -> None:
    assert metrics(text) == []


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Zed improves the model's performance on AIME from 70% to 85%.", "performance"),
        ("Zed reduces the response length of DeepSeek-R1 by 53%.", "response length"),
        ("Zed improves F1 by 2.8% over Wye.", "F1"),
        ("Zed shows a 38% improvement on AbsRel.", "AbsRel"),
        ("Zed gives a 15% end-to-end wall-clock speedup.", "end-to-end wall-clock speed"),
        ("Zed gives strong improvements of 6.0 on MMLU.", "performance"),
        ("Zed is better in quality and diversity (+17.6%).", "diversity"),
        ("Zed is better than all others (+8.2 on pass@1).", "pass@1"),
        ("Zed achieves 249 tokens/s (85x of WSE).", "throughput"),
    ],
)
def test_a_quantity_is_what_was_measured_and_no_more(text: str, quantity: str) -> None:
    assert {m["quantity"] for m in metrics(text)} == {quantity}


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("Zed gains: +2.98% CTR, +3.71% IPV, and +2.19% TV.", ["CTR", "IPV", "TV"]),
        ("Zed beats its tuned counterpart (+28.8 points).", ["performance"]),
        ("Zed outperforms baselines: +10.6% on agents and +8.6% on finance.", ["performance"] * 2),
        ("Zed gains up to +6.8 EPDMS on navhard and +2.9 on navtest.", ["EPDMS", "EPDMS"]),
        ("Zed gains 4.5% over Wye, with further gains of up to 8.2%.", ["performance"] * 2),
        ("Zed has a 9.0% gain in spatial quantity tasks.", ["performance"]),
        ("We confirm the validity of the method, which achieves 11.7% gains.", ["performance"]),
        (
            "Success rises from 0% to 85% in height tests and from 6% to 64% in width tests.",
            ["Success", "Success"],
        ),
        ("Zed has a sampling acceleration of 20%.", ["sampling speed"]),
        ("Zed shows savings in overhead of 20%.", ["overhead"]),
    ],
)
def test_a_quantity_is_no_place_and_no_rival(text: str, quantities: list[str]) -> None:
    assert [m["quantity"] for m in metrics(text)] == quantities


def test_what_was_scored_is_what_was_surpassed() -> None:
    scored, surpassed = metrics("Zed reaches an accuracy of 41.8% on Wye, surpassing previous methods by 14.9%.")
    has(scored, quantity="accuracy", kind="score")
    has(surpassed, quantity="accuracy", kind="percent_change")


def test_the_measures_behind_a_list_are_those_of_its_members() -> None:
    found = metrics("Zed outperforms Wye by 0.3 and 0.16 on PSNR and SSIM.")
    assert [(m["value"], m["quantity"]) for m in found] == [(0.3, "PSNR"), (0.16, "SSIM")]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        # the score named nearest before the number, or behind it in the sentence
        ("Zed lifts success rates from 9.3% to 15.8%, a 70% relative improvement.", ["success rates"] * 2),
        ("Zed reaches the best accuracy, exceeding Wye by up to 1%.", ["accuracy"]),
        ("Zed achieves 84% on WyeQA, marking the highest accuracy.", ["accuracy"]),
        ("Zed needs fewer parameters, with a gain of 9%.", ["performance"]),
        ("Zed attains strong results with gains of up to 30%.", ["performance"]),
        # right behind it, a bracket between; in a bracket; of each member of a list
        ("Zed achieves 55.5 (+1.4) mIoU on Wye.", ["mIoU", "mIoU"]),
        ("Zed surpasses Wye by 10.5% accuracy across tasks.", ["accuracy"]),
        ("Zed improves over Wye by 21% (FID) and 20% (SSIM).", ["FID", "SSIM"]),
        # where it was measured and who is compared are not what
        ("Zed raises the accuracy over Wye by 3.6% in GSM8K and 2.6% in MATH500.", ["accuracy"] * 2),
        ("Zed brings gains of 4% to 8% in our in-house evaluations.", ["performance"]),
        ("The best agent has a success rate of 40%, far below human performance of 93%.", ["success rate"] * 2),
        ("Zed is best on ProcessBench (75.0%).", ["performance"]),
        # what happened in a share of the cases, what runs at a speed
        ("Wye shows mental state deterioration in more than 34% of the simulations.", ["mental state deterioration"]),
        ("Zed allows streaming video generation at 23 FPS.", ["streaming video generation speed"]),
        ("The reasoning traces are better-structured (interpretability +44.0%).", ["interpretability"]),
        # what became of a share
        ("We find that 57% of the analysed questions in Wye contain errors.", ["analysed questions contain errors"]),
        ("Of these, 83.8% of the PRs are eventually accepted and merged.", ["PRs accepted and merged"]),
        ("Zed works well while retaining only 40% of the tokens.", ["tokens retained"]),
        # the measure before the bracket, the record that is beaten, what a time or memory is of
        ("Zed is best in content quality (0.26 improvement) and speed.", ["content quality"]),
        ("Zed achieves state-of-the-art truthfulness by outperforming the best by 8.7%.", ["truthfulness"]),
        ("Zed generates detailed meshes in 1.2 seconds.", ["generation time"]),
        ("Zed is thrifty, requiring 8.2 GB VRAM.", ["VRAM"]),
        # measures that no seed can list
        ("Zed achieves 59.8% at pass@256 on Wye.", ["pass@256"]),
        ("Agents are inconsistent (pass^8 <25% on Wye).", ["pass^8"]),
        ("Wye correlates with Zed (mArho up to 0.459 on Why).", ["mArho"]),
        ("Zed achieves an inference RTF of 0.15.", ["RTF"]),
        # places in a row, of the quality of data, of many
        ("Zed brings performance gains of 30% in code generation, 18% in dialogue.", ["performance", "performance"]),
        ("Zed brings gains of 33% on high quality data.", ["performance"]),
        ("Zed improves open-source LLMs' performance by 8.7%.", ["performance"]),
        ("Zed reduces the memory usage for the 12B Wye.1 models by 3.5 times.", ["memory usage"]),
        ("Zed improves accuracy but also achieves a reduction in memory costs by over 20%.", ["memory costs"]),
        ("Zed beats agents trained with Wye data (38.5% success rate) and Why data (22.1%).", ["success rate"] * 2),
        ("Zed is about 1.5-4.4x better and faster than Wye.", ["performance"]),
        # of lists, brackets and names
        ("Zed achieves 1-step FID 2.42 and 2-step FID 1.55.", ["FID", "FID"]),
        (
            "Zed improves the WyeEval score from 0.62 to 0.73 and the ImageReward score from 0.87 to 0.96.",
            ["WyeEval score", "ImageReward score"],
        ),
        ("Zed enhances the performance of models like GLIGEN and 3DIS by up to 27%.", ["performance"]),
        ("Zed outperforms Direct Preference Optimization by 5.6%.", ["performance"]),
        ("Zed outperforms Wye by 5% and Why by 7% in correctness.", ["correctness", "correctness"]),
        ("Zed provides 60.8% general preference, 62.2% visual appeal.", ["general preference", "visual appeal"]),
        ("Zed is best on A1 (R1@0.7: 52.9%, +2.7%).", ["R1@0.7", "R1@0.7"]),
        ("Zed achieves up to 2.1x speedup on long video RL training.", ["long video RL training speed"]),
        ("Zed improves the reasoning of Wye (e.g., 66.3% to 72.9% on A1).", ["reasoning"]),
        ("GPT-4o hallucinates citations 78% of the time.", ["hallucinates citations"]),
        ("The dataset is nearly twice the size of the previous largest publicly available set of code.", ["size"]),
        ("Zed surpasses Wye by an average accuracy of 0.8%.", ["accuracy"]),
        ("The best average accuracy among base models is only 4.0%.", ["accuracy"]),
        ("Zed surpasses Wye by 16.1% of success rate.", ["success rate"]),
        ("Zed accelerates optimization by over 2 times.", ["optimization speed"]),
        (
            "Zed needs fewer gradient updates (up to 9x), less wall-clock time (up to 3x).",
            ["gradient updates", "wall-clock time"],
        ),
        ("Zed gains on all: A1 (+1.1 mAP50), B2 (+19.4 mAP25).", ["mAP50", "mAP25"]),
        ("At 50% pruning, Zed surpasses Wye by over 20%.", ["performance"]),
        ("Zed is best on MMMU-Pro-std (40.7%).", ["performance"]),
        ("Zed achieves rendering speed over 100 FPS.", ["rendering speed"]),
        ("Zed delivers consistent gains: +5.15% Average@32 on Wye.", ["Average@32"]),
        ("Zed has a top-tier performance of 97.2% average success rate.", ["success rate"]),
        ("Zed reaches draft acceptance lengths of up to 32 tokens.", ["draft acceptance lengths"]),
        ("Zed does well, scoring 70.1% on A1, 91.0% on AIME 24, and 64.2% on B2.", ["score", "score", "score"]),
        ("Human evaluators prefer Zed in 66.4% of comparisons.", ["preference"]),
        ("LLMs, like GPT-4 and Wye, leak sensitive information in 25.7% of cases.", ["leak sensitive information"]),
        ("Zed improves pi_0 from 41.6% to 85.7%.", ["performance"]),
        ("The performance of a large 32B student model decreases from 54.17 to 46.88.", ["performance"]),
        ("Zed keeps the generation quality (8.83times speedup).", ["speed"]),
        ("Zed brings a 60% speedup on MT-Bench for long-form generation.", ["speed"]),
        ("Zed accelerates the completion speed by more than 5-fold.", ["completion speed"]),
        (
            "Zed reaches answer recall@1=71% on A1 (previously 52%) and answer recall@2=72% on B2.",
            ["answer recall@1", "recall@2"],
        ),
        ("Zed improves the zero-shot accuracy of GPT-4o in Wye from 51% to 55%.", ["zero-shot accuracy"]),
        (
            "Zed gains 9.7% on 7 hard benchmarks, 12.1% on 2 reward benchmarks, and 1.5% on 8 others.",
            ["performance", "performance", "performance"],
        ),
        ("Zed keeps the memory pressure below 6%.", ["memory pressure"]),
        (
            "Zed is better in thoroughness (77.5% vs. 70.1%), and clarity (74.7% vs. 72.0%).",
            ["thoroughness", "thoroughness", "clarity", "clarity"],
        ),
        ("Zed reaches 0.66 vs. 0.65 AUROC.", ["AUROC", "AUROC"]),
        ("Zed reduces costs by 5.2x and GPU memory of LLMs by 2x.", ["costs", "GPU memory"]),
        ("Zed reduces training time by 1.5x (from 83h to 57h).", ["training time", "training time"]),
        ("Models need a far higher memory usage, eight times more than Wye.", ["memory usage"]),
        ("Zed brings a 1.7x speedup in inference latency.", ["inference latency"]),
        ("Zed maintains accuracy within 5% of the original.", ["accuracy"]),
        ("Zed has superior performance on 4 out of 5 tasks.", ["superior performance"]),
        ("Zed improves IS from 86.5 to 116.7.", ["IS"]),
        ("Zed brings decreases in perception tasks requiring care (A1: -49.5%).", ["performance"]),
        ("FVD scores drop from 103.3 to 55.3 on A1 and from 25.5 to 19.5 on B2.", ["FVD scores", "FVD scores"]),
        ("Zed is best on 35 out of 40 tasks, and scores 59.4 on A1.", ["best", "scores"]),
        (
            "The MAP score is 57.18%, surpassing the second by a margin of 23.79 percentage points.",
            ["MAP score", "MAP score"],
        ),
        ("Solvers like POMO and AM degrade by over 20%.", ["performance"]),
        ("Zed is stronger, winning in 59% of instances.", ["win rate"]),
        ("Zed brings a throughput increase of 1.5 to 2 times.", ["throughput"]),
        ("Zed is fine-tuned with 5% of the data, with improvements of +5.7% on A1.", ["data", "performance"]),
        ("Zed is stable, and roughly halves the parameter count.", ["parameter count"]),
        ("Zed saves memory while saving up to 86.5% extra space.", ["extra space"]),
        ("Zed surpasses the best accuracy across all viewing configurations (+0.65% to +3.05%).", ["accuracy"]),
        ("Zed shows an 8.7% GenEval score improvement (from 0.69 to 0.75).", ["GenEval score"] * 2),
        ("Zed gains 17.9% stronger controllability.", ["controllability"]),
        ("Zed gains up to 4.67dB compared with Wye.", ["performance"]),
        ("Zed creates sparse attention maps (46.97% sparsity).", ["sparsity"]),
        ("Zed reduces pre-training time from potentially thousands of days to merely 88 days.", ["pre-training time"]),
        ("Zed improves over Wye by 5-10% on Hit@3.", ["Hit@3"]),
        ("Zed boosts average accuracy by 9% and pass@32 by over 15%.", ["accuracy", "pass@32"]),
        ("For prompts exceeding the usual, the response latency can be reduced by 93%.", ["response latency"]),
        ("Zed reduces both refusals (from 39% to 4%) and errors (from 45% to 9%).", ["refusals", "errors"]),
        ("Zed boosts harmless rates on safety benchmarks (+21.7%).", ["harmless rates"]),
        ("Zed runs at approximately 17 FPS.", ["speed"]),
        ("Zed improves A1 and B2 performance by 6.4% and 22.6%.", ["performance", "performance"]),
        ("Zed achieves improvements of +25.28 in Dynamic Degree.", ["Dynamic Degree"]),
        ("Zed is best on A1, and it averages 78.3 on B2.", ["score"]),
        ("Zed yields an average 18/13/53% ASR drop.", ["ASR", "ASR", "ASR"]),
        ("Zed has an Area Under the Curve of 0.85.", ["Area Under the Curve"]),
        ("Zed achieves an area under the ROC curve (AUC) of 85.2%.", ["area under the ROC curve"]),
        ("Zed reaches a mean Intersection over Union (mIoU) of 92.4%.", ["mean Intersection over Union"]),
        (
            "Zed gains 1-10% in Dice score and up to 11% in Intersection over Union (IoU).",
            ["Dice score", "Intersection over Union"],
        ),
        (
            "HIT@1 increases by +54.2%, MAP@100 by +50.1%, and NDCG@10 by +54.7% on WyeQA.",
            ["HIT@1", "MAP@100", "NDCG@10"],
        ),
        ("Accuracy drops by 3.3% without vision, by 4.1% without language.", ["Accuracy", "Accuracy"]),
        ("Zed improves performance by 3.2% (pass@128) with Wye.", ["pass@128"]),
        ("Zed uses only 23% of the parameters of the state-of-the-art model Wye.", ["parameters"]),
        (
            "Zed improves joint accuracy by up to 30% and doubles evidence score.",
            ["joint accuracy", "evidence score"],
        ),
        ("The annotators reach a Cohen's K of 0.71.", ["Cohen's K"]),
        ("Zed reaches a mean Intersection over Union of 80.10 on Wye.", ["mean Intersection over Union"]),
        ("Zed brings a 1.1% improvement in mean intersection over union (mIoU).", ["mean intersection over union"]),
        ("Zed improves accuracy (+3.2%).", ["accuracy"]),
        ("Zed has an F1-score of 48.90% (Pass@3).", ["F1-score"]),
        (r"Zed improves the $F_1$-score by 3%.", ["F1-score"]),
        (r"Zed improves the F$_{1}$ by 3%.", ["F1"]),
        (r"Zed reaches 95.7\% point-supervised mIoU.", ["point-supervised mIoU"]),
        (
            "Zed gains a 36.1% increase in mAP$_{50:95}$ and a 20.6% increase in mAP$_{50}$ on Wye.",
            ["mAP_50-95", "mAP_50"],
        ),
        ("Zed outperforms others by 2.7% mAP50 and 1.6% mAP50:95 on TT100K.", ["mAP50", "mAP50-95"]),
        (r"Zed improves the $\textrm{F}_1$ score by 3%.", ["F1 score"]),
        (r"Zed improves FID$\downarrow$ from 3.1 to 2.4.", ["FID"]),
        ("Zed achieves 21.59x context compression.", ["context compression"]),
        ("Zed has a mean absolute error of 0.0156.", ["mean absolute error"]),
        ("Zed achieves F1 scores of 0.91 for A, 0.78 for B, and 0.70 for C.", ["F1 scores", "F1 scores", "F1 scores"]),
        ("Zed reaches an AUROC of 0.82 using SVM and 0.81 using BERT.", ["AUROC", "AUROC"]),
        (
            "Zed reduces memory usage by over 50% (e.g., from 21.55 GB to 10.64 GB on Wye).",
            ["memory usage", "memory usage"],
        ),
        ("Results reveal strikingly low performance (26.1-54.2%).", ["strikingly low performance"]),
        ("Zed reaches equivalent loss using only 34.76% of the training FLOPs.", ["training FLOPs"]),
        ("Zed reaches a Spearman's rho of 0.76 and a Kendall's tau of 0.53.", ["Spearman's rho", "Kendall's tau"]),
        ("Zed has an F1 score of 0.81, outperforming the baseline of 0.69.", ["F1 score", "F1 score"]),
        ("Zed reaches an AUROC of 0.946 across 12 benchmarks and 0.952 on 3 cohorts.", ["AUROC", "AUROC"]),
        ("Zed reaches an F1 score of 0.929 and Wye reaches 0.867 using rules.", ["F1 score", "F1 score"]),
        ("Zed cuts latency by 166 times, from 61.36 seconds to 0.37 seconds per query.", ["latency", "latency"]),
        ("Zed decreases gFID by 14.11 on A2.2-VAE, 6.13 on LTX-VAE, and 4.42 on DC-AE.", ["gFID", "gFID", "gFID"]),
        ("Zed shows 0.90 accuracy for English and 0.84 for other languages.", ["accuracy", "accuracy"]),
        ("Zed has a macro F1 of 0.69, compared to 0.55 for the best reported system.", ["F1", "F1"]),
        ("The F-measure scores of Zed are 0.635 and 0.460.", ["F-measure scores", "F-measure scores"]),
        ("Zed outperforms Wye by 6.5% in three variants of ScanObjectNN.", ["performance"]),
        ("Zed runs at ~0.17 s/frame.", ["latency"]),
        ("Zed achieves flip rates of 0.800, 0.925, and 0.950.", ["flip rates", "flip rates", "flip rates"]),
        ("We reach a recall of 0.81, PPV of 0.73, and NPV of 0.84.", ["recall", "PPV", "NPV"]),
        ("Zed attains 7.4 cm mean error on static scenes and 1.8 cm on dynamic scenes.", ["mean error", "mean error"]),
        ("Zed has high reliability (κ= 0.907, cosine=95.3%).", ["κ", "cosine"]),
        ("Cross-modal synergy remains below 2%.", ["Cross-modal synergy"]),
        ("The math tasks degrade by 60 points.", ["performance"]),
        ("Zed is 6.13% more precise than Wye.", ["precision"]),
        ("Zed introduces only 10% overhead.", ["overhead"]),
        ("Zed retains 96.9% of the original reconstruction quality.", ["original reconstruction quality"]),
        ("Zed reaches 86% accuracy (+7 points) in abusiveness detection.", ["accuracy", "accuracy"]),
        ("More strikingly, models select unlikely ones in 25% of their responses.", ["models select unlikely ones"]),
        ("Zed improves single-agent tasks dramatically (0.6% to 76.3%).", ["single-agent tasks"]),
        ("Zed improves performance from a PCC value of 0.783 to 0.846.", ["performance"]),
        ("Zed covers 6.25% (1/16) of the cells.", ["cells covered"]),
        ("Zed reaches 51.4\\% mAP\\textsubscript{50} on WyeQA.", ["mAP"]),
        ("The number of failed tasks is reduced by 30%.", ["number of failed tasks"]),
        ("Accuracy rose from 50.2% to 61.3% with little loss in terms of speed.", ["Accuracy"]),
        ("CO\\textsubscript{2} emissions drop by 35\\%.", ["CO_2 emissions"]),
        ("Zed surpasses Wye by 1.3 J&F on WyeQA.", ["J&F"]),
        ("Zed surpasses Wye by 22.98 DS and 17.49 SR, and is smaller.", ["DS", "SR"]),
        ("Zed reaches 3.1 RayPQ and 3.9 RayPQ, respectively.", ["RayPQ", "RayPQ"]),
        ("Zed gains 22.98 WyeQA, and is smaller.", ["score"]),
        ("Zed is the most faithful (SSIM = 0.883, WyeScore = 0.799).", ["SSIM", "WyeScore"]),
        ("Zed consumes 3.5 J & 2 W.", ["energy", "power"]),
        ("Zed shows moderate expertise (M = 3.21).", ["expertise"]),
        ("Zed leads in plausibility (Q-Score 6.31).", ["Q-Score"]),
        ("Zed runs smoothly at over 19 FPS on a phone.", ["speed"]),
        ("Their harmony is close to 0.87.", ["harmony"]),
        ("Zed needs 4.6 rounds.", ["rounds"]),
        ("Zed brings improvements of AP+6.9 on WyeQA.", ["AP"]),
        ("Zed reaches a human evaluation score of 4.0/5.0 on WyeQA.", ["human evaluation score"]),
        ("Zed reaches a PSNR of 28.29 and less than 1% error.", ["PSNR", "error"]),
        ("Zed improves accuracy by 0.82 in English and up to 0.45 in others.", ["accuracy", "accuracy"]),
        ("Zed nearly doubles long-context inference speed.", ["long-context inference speed"]),
        ("Zed speeds up training by factors of 3.5.", ["training speed"]),
        ("Zed reaches 96.7%, 96.8%, and 95.1% in accuracy, precision and recall.", ["accuracy", "precision", "recall"]),
        ("Zed outperforms Wye by 7.5% at overall accuracy.", ["accuracy"]),
        ("Zed yields a reduction of 14.1% in the AAD metric.", ["AAD metric"]),
        ("Zed received a usefulness rating of 4.6 out of 5.", ["usefulness rating"]),
        ("Zed has a power consumption of between 1-2 W.", ["power consumption"]),
        ("The average time for Zed was 44.6% shorter than before.", ["time"]),
        ("Zed can generate images with only 2-8 sampling steps.", ["sampling steps"]),
        ("Zed drops from 76.4% to only 50.9%.", ["performance"]),
        ("Per-point error had a median of 3.9 mm in all.", ["Per-point error"]),
        ("Zed has RMSEs ranging from 1.5 m to 8.9 m.", ["RMSEs"]),
        ("Zed achieves a calibration error from 0.88 to 1.80 mm.", ["calibration error"]),
        ("Zed has a Mean Absolute Error (MAE) of 1.57 bpm for A, and 10.18 ms for B.", ["Mean Absolute Error"] * 2),
        ("Accuracy, precision and recall reach 92.1%, 90.3% and 89.9%.", ["Accuracy", "precision", "recall"]),
        ("With test-time scaling, responses are 44.6% shorter.", ["length"]),
        ("Zed has a Chinese grammar index of 0.87.", ["Chinese grammar index"]),
        ("The chip consumes between 1-2 W at 30 FPS.", ["power", "speed"]),
        ("Users rated the system 4.6 out of 5 for usefulness.", ["usefulness"]),
        ("A usefulness rating of 4.6 out of 5.0 was obtained.", ["usefulness rating"]),
        ("Zed outperforms Wye by 1.2 AP on A1, 0.8 AP on B-2 and 2.3 AP on C3.", ["AP", "AP", "AP"]),
        ("In our test, CTR increased by 3.2% and revenue by 2.1%.", ["CTR", "revenue"]),
        ("In low-resource scenarios, performance gains of up to 8.5% over Wye are seen.", ["performance"]),
        ("Zed reduces RMSE by 15% compared with Wye and by 9% compared with Why.", ["RMSE", "RMSE"]),
        (
            "With only 5% of the parameters, Zed matches Wye in accuracy on A1 (70.1% vs. 70.0%).",
            ["parameters", "accuracy", "accuracy"],
        ),
        ("Zed improves it by 7 F1 points.", ["F1"]),
        ("Wye slows down the generation speed by 0.81x.", ["generation speed"]),
        ("Models fail, with no model exceeding 75%.", ["performance"]),
        ("It was rated 4.031 out of 5 over six dimensions.", ["performance"]),
        ("Median errors were 3.2 mm (feet), 4.3 mm (ear), and 5.3 mm (leg).", ["Median errors"] * 3),
        ("Zed beats both A and B baselines but also significantly reduces inference time by 180x.", ["inference time"]),
        ("Zed improves ASQ by 38% over Wye and by 10% over other methods.", ["ASQ", "ASQ"]),
        ("Zed boosts performance, achieving up to 97.3% overall Macro F1 on WyeBench.", ["Macro F1"]),
        (
            "Zed achieves reductions in wrist translation error (86.9%) and joint rotation error (34.1%).",
            ["wrist translation error", "joint rotation error"],
        ),
        ("Zed scores 16.2/25 in style, surpassing Qwen-2.5-72B-Instruct (15.8/25).", ["style", "style"]),
        ("DeepSeek-R1 answered 11.98% of the prompts whereas o3-mini did not.", ["prompts answered"]),
        ("The number of learnable parameters is 88% smaller than in Wye.", ["number of learnable parameters"]),
        ("Users like it, even though its training compute was >80x smaller.", ["training compute"]),
        ("Zed is 20% smaller and its latency is 27% lower.", ["size", "latency"]),
        ("Its exact match is higher than that of ReAct by 14.8%.", ["exact match"]),
        ("Zed makes the drop in performance 23.5% smaller.", ["drop in performance"]),
        ("Zed makes the reasoning depth of a Transformer 3times as large.", ["reasoning depth"]),
        ("The models succeed in no more than 34% of the travel tasks.", ["success rate"]),
        ("The average reviewer is right in 82.7% of the cases.", ["accuracy"]),
        ("Their verdicts agree with those of experts 91.4% of the time.", ["agreement"]),
        ("Zed needs 41.3% of the time that Wye takes.", ["time"]),
        ("Zed runs 1.85x faster at the cost of 3.2% accuracy.", ["speed", "accuracy"]),
        ("The share of tokens wasted through truncation shrinks to 1.9%.", ["share of tokens wasted"]),
        ("The gain in mean accuracy that training brings is enlarged by up to 45%.", ["mean accuracy"]),
        ("On WyeQA, the accuracy of DeepSeek-R1 likewise rises to 81.4%.", ["accuracy"]),
        ("Zed has an FID of 1.52 on A1, and on A2 the figure is 1.57.", ["FID", "FID"]),
        ("Zed needs 2.81 bits per dimension.", ["bits per dimension"]),
        ("Zed scores 2.9% higher in absolute terms than Wye.", ["scores"]),
        ("Its perplexity at 3 bits is on average 4.8 points better than that of Wye.", ["perplexity"]),
        ("The human effort they require is 10x smaller.", ["human effort"]),
        ("Its captions score 3.8 higher than those of Wye-3.", ["score"]),
        ("CTR, IPV and NER increased by 2.41%, 3.15% and 9.92%, respectively.", ["CTR", "IPV", "NER"]),
        ("Zed lifts Pass@1 on A1 by 9.6% in absolute terms, and Cons@5 by 11.2%.", ["Pass@1", "Cons@5"]),
        ("Average accuracy on QA tasks gains 1.2%.", ["accuracy"]),
        ("Accuracy on symbolic math and JSON generation improves by 61 points.", ["Accuracy"]),
        ("Zed needs a KV cache up to 8x smaller than Wye.", ["KV cache size"]),
        ("Zed is a model 38% smaller.", ["size"]),
        ("Zed attains 12x the speed of earlier video generators.", ["speed"]),
        ("The algorithm runs in 12.5% of the time that Wye takes.", ["time"]),
        ("GPT-4 gives in to 94.8% of them.", ["performance"]),
        ("The cache is 4x smaller than with FP16.", ["cache size"]),
        ("Zed cuts KV cache usage by 71% and gains 2.3% on WyeQA.", ["KV cache usage", "performance"]),
        ("Zed reaches 95% of GPT-4's performance at 5% of the cost.", ["performance", "cost"]),
        ("With a backbone 5x smaller, we match the mAP of DETR.", ["size"]),
        ("Throughput is higher than that of vLLM by 1.8x.", ["Throughput"]),
        ("Retrieval is faster by 4.2x, and recall is higher by 1.3%.", ["speed", "recall"]),
        ("Zed cuts the number of parameters nearly in half.", ["number of parameters"]),
        ("Models trained on our data gain 3.1 points on MMLU.", ["performance"]),
        ("Zed achieves a helpfulness of 0.871 on FooBench.", ["helpfulness"]),
        ("Zed reaches 0.871 helpfulness on FooBench.", ["helpfulness"]),
        ("On FooBench, the QED is 0.871.", ["QED"]),
        ("Zed attains the best purity (0.871) on FooBench.", ["purity"]),
        ("Zed achieves a hit rate of 71.9 on FooBench.", ["hit rate"]),
        ("A root mean square error near 0.022 s is reached.", ["root mean square error"]),
        ("The memory needed for training shrinks by a factor of 1.7.", ["memory"]),
        ("Sparsity stays near 97.8%.", ["Sparsity"]),
        ("Zed is 3.2% better than Wye in accuracy.", ["accuracy"]),
        ("Zed brings latency down by 32%.", ["latency"]),
        ("Zed needs no more than 0.4 seconds to do so.", ["time"]),
        ("Zed gains 21.6 in Dynamic Degree on VBench.", ["Dynamic Degree"]),
        ("The error is 38.4~mm on Human3.6M.", ["error"]),
        ("The number of flagged posts drops by 32%.", ["number of flagged posts"]),
        ("The probability of getting stuck falls from 32% to 3%.", ["probability of getting stuck"]),
        ("The number of registered users grew by 32%.", ["number of registered users"]),
        ("The overtaking success rate rises from 71% to 92%.", ["overtaking success rate"]),
        ("Beat detection accuracy reaches 98.2%.", ["Beat detection accuracy"]),
        (
            "Analyses show clear improvements in attack detection (96% vs. 6%).",
            ["attack detection", "attack detection"],
        ),
        ("Zed attains 77.2% while training 30x faster.", ["performance", "speed"]),
        ("Zed reaches an accuracy within 1.2% of the full model.", ["accuracy"]),
    ],
)
def test_a_quantity_is_found_where_the_sentence_tells_it(text: str, quantities: list[str]) -> None:
    assert [m["quantity"] for m in metrics(text)] == quantities


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("Zed brings performance gains exceeding 5% on many subtasks.", "percent_change", "increase"),
        ("Zed outperforms Wye with around 10% on average.", "percent_change", "increase"),
        ("Zed reduces costs 37x compared to Wye.", "ratio", "decrease"),
        ("Even GPT-4o lags 50% behind human performance.", "percent_change", "decrease"),
        ("Zed yields a reduction of bias up to 26%.", "percent_change", "decrease"),
        ("Zed brings a 5.4% improvement in hallucination resistance.", "percent_change", "increase"),
        ("Zed reaches a score above 32 on Wye.", "score", None),
        ("Zed surpasses the previous best of 0.720.", "score", None),
        ("Zed is rated high (16.2/25).", "score", None),
        ("The success rate differs by 20% between the two.", "percent_change", None),
        ("We beat other methods, and object detectors by 4-23%.", "percent_change", "increase"),
        ("Zed keeps its performance at a 75% compression rate.", "score", None),
        ("Zed shows a strong correlation of -0.875.", "score", None),
        ("Zed incurs only a 2.2% performance drop.", "percent_change", "decrease"),
        ("Small models lose up to 75% of their original performance.", "percent_change", "decrease"),
        ("Zed takes fewer updates (up to 9x).", "ratio", "decrease"),
        ("Over the last decade, the error rate of recognizers has fallen by 60%.", "percent_change", "decrease"),
        ("The error rate of others has risen by 60%.", "percent_change", "increase"),
        ("Zed responds with a latency as low as 226ms.", "measurement", None),
        (
            "A stress test of models that outperform Wye can deteriorate performance by up to 34.5%.",
            "percent_change",
            "decrease",
        ),
        ("Zed exceeds the previous best score of 0.80.", "score", None),
        ("We see that even GPT-4o lags 34.8% behind humans.", "percent_change", "decrease"),
        ("Zed improves over models such as Wye (0.67).", "score", None),
        ("Zed achieves a significant improvement over Wye (3.2%).", "percent_change", "increase"),
        ("Zed needs 1/20th the compute.", "ratio", "decrease"),
        ("Zed reduces the error below 10%.", "score", "decrease"),
        ("Zed narrows the gap to GPT-4o(-mini) to within 7.1%.", "score", "decrease"),
        ("Zed reduces bandwidth at error rates below 1%.", "score", None),
        ("Zed is 10x faster than cross-validation.", "ratio", "increase"),
        (r"Zed improves accuracy ($\uparrow$ 3.2\%).", "percent_change", "increase"),
        (r"Zed changes FID ($\downarrow$ 3.2\%).", "percent_change", "decrease"),
        ("Zed narrows the gap in FID scores with Wye to within 10%.", "score", "decrease"),
        ("Zed raises neutrality from virtually 0% to as much as 36%.", "score", "increase"),
        ("Zed shows a reduction in latency by factors 3-7x.", "ratio", "decrease"),
        ("With Zed, accuracy goes up by 6.2%.", "percent_change", "increase"),
        ("With Zed, the error came down by 6.2%.", "percent_change", "decrease"),
        ("Zed outdoes GPT-4o by 7.6%.", "percent_change", "increase"),
        ("Zed leads the baseline by 7.1%.", "percent_change", "increase"),
        ("Wye-2 is surpassed by 7.1%.", "percent_change", "increase"),
        ("In this setting ours is better by 3.8%.", "percent_change", "increase"),
        ("On MMLU it gets worse by 9%.", "percent_change", "decrease"),
        ("It makes counts more accurate throughout (by up to 12.9%).", "percent_change", "increase"),
        ("The loss in utility stays below 0.3%.", "percent_change", "decrease"),
        ("Accuracy gains amount to 21.9%.", "percent_change", "increase"),
        ("It brings accuracy gains over SFT, between 3% and 9%.", "percent_change", "increase"),
        ("Up to 65% of the data could be discarded.", "percent_change", "decrease"),
        ("Zed discards between 28% and 81% of the visual tokens.", "percent_change", "decrease"),
        ("The number of parameters is cut roughly in half.", "ratio", "decrease"),
        ("Zed cuts memory in half.", "ratio", "decrease"),
        ("Its perplexity is 4.8% better.", "percent_change", "decrease"),
        ("The corresponding gains are 7.75%.", "percent_change", "increase"),
        ("A new scheme makes inference three to six times faster.", "ratio", "increase"),
        ("A ResNet-50 trained with the proposed loss reaches 78.1% accuracy.", "score", None),
        ("Logistic regression reaches 81.2% on the test set.", "score", None),
        ("Distractors lead models to lose accuracy by up to 21%.", "percent_change", "decrease"),
        ("Shorter lead times reduced errors by 12%.", "percent_change", "decrease"),
        ("The validation loss is lower than that of AdamW by 0.02.", "difference", "decrease"),
        ("The robot pushes 82% of the objects to their goals.", "score", None),
        ("The agent skips 12% of the required steps.", "score", None),
        ("The network is split in half, and each part reaches 71% accuracy.", "score", None),
        ("Zed brings latency down by 32%.", "percent_change", "decrease"),
        ("Zed is ahead of Wye by 3.2%.", "percent_change", "increase"),
        ("Zed gains 21.6 in Dynamic Degree.", "difference", "increase"),
        ("No class falls below 93.72% accuracy.", "score", None),
        ("Zed pushes up the latency by as much as 21%.", "percent_change", "increase"),
        ("It improves accuracy by up to 28.5% → 71.4%.", "score", "increase"),
        ("Zed keeps accuracy within 3% of the full model.", "percent_change", "decrease"),
        ("It lies within 3 points of the best model.", "difference", "decrease"),
    ],
)
def test_a_change_is_a_change_however_it_is_worded(text: str, kind: str, direction: str | None) -> None:
    has(one(text), kind=kind, direction=direction)


def test_a_claim_behind_a_list_continues_it() -> None:
    text = "Zed improves performance by 14.3% on WyeQA and 30% in real-world task success."
    assert [(m["kind"], m["direction"]) for m in metrics(text)] == [("percent_change", "increase")] * 2


@pytest.mark.parametrize("text", ["75%~89%", "75% ~ 89%", "75~89%", r"$75\%$~$89\%$"])
def test_a_tilde_between_numbers_is_a_range(text: str) -> None:
    has(one(f"Zed compresses the tokens by {text}."), value=75, value_high=89, unit="%")


def test_a_tilde_before_a_number_is_about() -> None:
    has(one("Zed compresses the tokens by ~89%."), value=89, value_high=None)


def test_of_two_numbers_compared_each_is_a_score() -> None:
    found = metrics("Zed surpasses Wye on AIME24 (80.3 vs. 79.8).")
    assert [(m["value"], m["kind"], m["quantity"]) for m in found] == [
        (80.3, "score", "score"),
        (79.8, "score", "score"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Zed reduces inconsistency by 8.43% (from 23.32% to 14.89%).",
        "Zed shows a 37% gain in accuracy (from 23.32% to 14.89%), with 8.43 points less.",
    ],
)
def test_a_change_and_its_two_ends_are_told_each(text: str) -> None:
    told = {(m["value"], m["baseline_value"]) for m in metrics(text)}
    assert {(8.43, None), (14.89, 23.32)} <= told


def test_an_improvement_from_one_end_to_the_other_is_a_change() -> None:
    has(one("This brings an improvement from 58.9 to 69.3% in accuracy."), value=69.3, baseline_value=58.9, unit="%")
    has(one("This brings improvements from 5% to 10%."), value=5.0, value_high=10.0)


def test_a_counted_noun_is_the_unit_wherever_it_was_counted() -> None:
    has(one("Zed reduces reasoning tokens on MATH500 from 3790 to 2125."), value=2125.0, unit="tokens")
    has(one("Zed is best in 33 out of the 36 settings."), value=33.0, unit="settings")


def test_to_beat_a_rival_in_what_should_be_small_is_a_decrease() -> None:
    has(one("Zed outperforms Wye by 0.2 perplexity."), direction="decrease", unit="points")


def test_a_level_that_was_reached_from_nowhere_has_no_direction() -> None:
    has(one("Zed scales the context length to 128K tokens."), value=128_000, direction=None)


# ---- dataset, baseline, subject


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        ("Zed gains 8% on the representative spatial reasoning benchmark SAT, showing its worth.", "SAT"),
        ("Zed gains 5% on six mathematical reasoning benchmarks.", "six mathematical reasoning benchmarks"),
        ("In human side-by-side evaluations, Zed gains 5% over Wye.", "human side-by-side evaluations"),
        ("Zed reaches 82.2% ImageNet accuracy.", "ImageNet"),
        ("Zed is 3x faster on GPT-2.", None),
        ("Zed is 3x faster on three kinds of LLMs.", None),
    ],
)
def test_a_dataset_is_what_was_measured_on_and_no_model(text: str, dataset: str | None) -> None:
    assert one(text)["dataset"] == dataset


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On an A100, Zed is three times faster.", "Zed"),
        ("The best model (Wan2.2-Flash) achieves only 0.299 overall score.", "Wan2.2-Flash"),
        ("Overall, our FDA yields an average 90% ASR drop.", "FDA"),
        ("We show that even the advanced GPT-4o only achieves an accuracy of 52%.", "GPT-4o"),
        ("They differ: even the top-performing model achieves less than 60% accuracy.", "top-performing model"),
        ("Compared with all others, we gain 5% of accuracy.", "Zed"),
    ],
)
def test_a_subject_is_who_acts_nearest(text: str, subject: str) -> None:
    assert one(text)["subject"] == subject


def test_a_name_is_found_where_the_title_has_none() -> None:
    title = "Long Inputs Made Short"
    assert one("We propose Short Input Decoding (SID). Our method is 3x faster.", title)["subject"] == "SID"
    assert (
        one("Zero Effort Decoding (ZED) is new. Ours is 3x faster.", "Zero Effort Decoding: A Way")["subject"] == "ZED"
    )
    assert one("We gain 5% of accuracy.", "Model Surgery: How We Do It")["subject"] == "Model Surgery"
    assert one("We gain 5% of accuracy.", "No Tokens Wasted: How We Do It")["subject"] is None
    assert one("Our final model, Wye-8B, is good. It is 3x faster.", title)["subject"] == "Wye-8B"


def test_dataset_baseline_and_subject_are_read_from_the_sentence() -> None:
    metric = one("On the ImageNet dataset, Zed improves accuracy by 3% over previous methods.")
    has(metric, dataset="ImageNet dataset", baseline="previous methods", subject="Zed")


def test_a_measure_that_begins_as_the_works_name_is_that_measure() -> None:
    assert one("The PSNR improved by 7.3%.", "PS: A Method")["quantity"] == "PSNR"
    assert one("Zed improved by 7.3%.")["quantity"] == "performance"


def test_our_method_is_called_by_its_name() -> None:
    assert one("Our method reduces latency by 20%.")["subject"] == "Zed"


def test_the_numbers_of_a_benchmark_are_not_its_own() -> None:
    found = metrics("GPT-4 reaches 38% accuracy.", "ZedBench: A Benchmark for Agents")
    assert [(m["subject"], m["dataset"]) for m in found] == [("GPT-4", "ZedBench")]


# ---- what is no result


@pytest.mark.parametrize(
    "text",
    [
        "We use GPT-4, Llama 3 and Gemini 2.5 Pro.",
        "Zed has 7B parameters and is trained on 8 GPUs.",
        "We train on 16 A100 GPUs with 4-bit weights.",
        "It was published in 2023 and again in 2024.",
        "Images of 256x256 and 512 × 512 pixels are used.",
        "We use 10-fold cross-validation with a 95% confidence interval.",
        "The three tasks (1) alpha, (2) beta and (3) gamma are studied.",
        "See Section 3 and Table 2 of version 1.5.",
        "The dataset contains 120 million images of 30 species.",
        "MATH-500 and WikiText103 and Path-256 are used.",
        "Double descent and double-blind review are discussed.",
        "Zed scales its pre-training to 4K resolution.",
        "Most existing methods focus on short documents (up to 512 tokens).",
        "We fill in frames (e.g., masking half the frames).",
        "In the 1950s, houses were built.",
        "We record speech for 42 hours.",
        "The tasks are valued at 1 million USD.",
        "The 40 GB GPUs are used.",
        "The corpus has 250 hours of speech.",
        "Zed is trained on 7.7T tokens by scaling to 7.7T tokens.",
        "It reaches 11 of the Game of 24.",
        "Zed is trained at $\\times$8 scaling and runs on x86 machines.",
        "Zed reduces the data needed to 1) train a model and 2) test it.",
        "Zed spans 32 judges $\\times$ 3 tasks $\\times$ 4 seeds.",
        "Zed is a test of mAP@0.5:0.95 and of mAP@50:95.",
        "Zed runs at temperatures of 0.2.",
        "Zed encodes as x265 and x264 do, and uses a penalty (alpha = 0.05).",
        "Zed goes from 2 s/frame to 30 FPS.",
        "The set holds 8,354 point cloud instances.",
        "On a 10-point scale Zed is rated.",
        "We train with τ = 0.07 on WyeQA.",
        "To solve 3 tasks at once, an agent needs memory.",
        "The model is trained with learning rates of 0.001.",
        "Of the patients, 1.5 out of 100 in the trial relapsed.",
        "The rate is tested (p = 0.031) with alpha of 0.05.",
        "As in arXiv:2401.01234, we follow Wye (W) 2.1.",
        "We refine the policy π_0.5 in simulation.",
        "The interval is [0.71, 0.83] for all.",
        "We train at a learning rate of 0.003.",
        "Pairs above a threshold of 0.45 are kept.",
        "The threshold was 0.45 in all.",
        "The p-value was 0.031 in all.",
        "The difference holds at a significance level of 0.05.",
        "The temperature was set to 0.7 and top-p to 0.95.",
        "We set the momentum to 0.9 and the weight decay to 0.01.",
        "We use beta1 = 0.9 and beta2 = 0.999.",
        "The discount factor is 0.99 throughout.",
        "Zed asks for Python 3.11 at least.",
        "Zed builds on numpy (1.24.3).",
        "It was released on 12.05.2023.",
        "The model answers at 192.168.0.1 only.",
        "The text is arXiv 2410.15027 of last year.",
        "See section 3.2 for more.",
        "The spread is small (std 0.02).",
        "Answers varied (IQR 0.88-0.94).",
        "Wye 3.1 models are widely used.",
        "It was downloaded over 300k and 580k times.",
        "Links are blocked by half-space obstacles.",
        "We used cross-validation (10 folds) to test it.",
        "Zed gains 2.54 h-mIoU on WyeQA.",
        "We test LLaMA (3.1) and Qwen (2.5) only.",
        "Zed has higher accuracy on average over 9 existing methods.",
        "Images are downsampled by a factor of eight before encoding.",
        "It was decomposed into factors of three.",
        "We ran it a third time on Wye.",
        "The data set consists of over 500 hours of video.",
        "We train it with 40% label noise.",
        "Our aim to improve accuracy is twofold.",
        "Across 10-fold stratified cross-validation, the model is tested.",
        "We fine-tune wav2vec 2.0 on speech.",
        "We extract triples linking many entities.",
        "TripleD uses a pre-trained Transformer.",
        "We doubled down on safety and halved every 25k steps.",
        "Cost has roughly halved every few months.",
        "We set a 30-second time limit and 1-second time windows.",
        "The variance explained by factor 3 is loaded by factor 2.",
        "We cover an area of 40,000 $\\mathrm{m}^2$.",
    ],
)
def test_the_set_up_and_names_are_no_results(text: str) -> None:
    assert metrics(text) == []


def test_a_kind_of_graphics_card_is_no_score() -> None:
    found = metrics("Zed achieves speedups of 17.8x on H100, 19.0x on RTX 3090, and 13.9x on H20.")
    assert [m["value"] for m in found] == [17.8, 19.0, 13.9]


def test_a_claim_stated_twice_is_one_metric() -> None:
    assert len(metrics("Zed is 3.5x faster than Wye. We show that Zed is 3.5x faster in practice.")) == 1


def test_a_change_of_one_size_of_two_things_is_two_metrics() -> None:
    both = metrics("Zed reduces latency by 50%. It also reduces memory by 50%.")
    assert [m["quantity"] for m in both] == ["latency", "memory"]
    has(
        one("Zed reduces inference time by 50%. This 50% drop in runtime is free."), value=50, quantity="inference time"
    )


def test_a_level_and_a_change_of_one_size_are_two_metrics() -> None:
    found = metrics("Zed reaches an accuracy of 99%. It reduces the workload by 99%.")
    assert [(m["kind"], m["quantity"]) for m in found] == [("score", "accuracy"), ("percent_change", "workload")]


def test_a_title_counts_only_where_the_abstract_does_not_say_it() -> None:
    title = "Zed: 3.5x Faster Decoding"
    assert [m["evidence_in"] for m in metrics("Zed is 3.5x faster.", title)] == ["abstract"]
    assert [m["evidence_in"] for m in metrics("Zed is fast.", title)] == ["title"]


# ---- evidence and shape


def test_evidence_is_verbatim_after_characters_of_many_bytes() -> None:
    text = "Étude naïve 😀 — Zed réduit; Zed reduces memory by $62\\%$."
    metric = one(text)
    assert text[metric["evidence_start"] : metric["evidence_end"]] == metric["evidence"] == "62\\%"


def test_the_evidence_of_a_change_holds_both_numbers() -> None:
    assert one("Zed improves accuracy from 70.9% to 85.1%.")["evidence"] == "70.9% to 85.1%"


def test_no_texts_give_an_empty_frame_of_the_schema() -> None:
    assert extract().schema == METRIC_SCHEMA
    assert extract(None, "", title=None).schema == METRIC_SCHEMA
    assert extract(None, "", title=None).is_empty()


def test_rows_are_sorted_and_do_not_depend_on_the_order_of_texts() -> None:
    texts = pl.DataFrame(
        {"text_id": ["b", "a"], "title": [None, None], "abstract": ["Zed is 2x faster.", "Zed is 3x faster."]},
        schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String},
    )
    assert extract_metrics(texts, VOCABULARY).equals(extract_metrics(texts.reverse(), VOCABULARY))
    assert extract_metrics(texts, VOCABULARY)["text_id"].to_list() == ["a", "b"]


def test_a_rise_that_is_achieved_is_a_change() -> None:
    found = metrics("Zed achieves an increase in accuracy from 70.2% to 85.1% on WyeQA.")
    assert [(m["value"], m["baseline_value"]) for m in found] == [(85.1, 70.2)]


def test_factors_are_times_each_and_what_falls_by_them_falls() -> None:
    found = metrics("Latency drops by factors of 2.5 and 3.1 on A1 and B2.")
    assert [(m["value"], m["unit"], m["direction"]) for m in found] == [(2.5, "x", "decrease"), (3.1, "x", "decrease")]


def test_two_prices_are_money_and_two_formulas_are_not() -> None:
    found = metrics("Zed costs less ($0.08) than before ($4.2).")
    assert [(m["value"], m["unit"]) for m in found] == [(0.08, "USD"), (4.2, "USD")]
    found = metrics("Training takes $1.2M and inference $3.4K.")
    assert [(m["value"], m["unit"]) for m in found] == [(1.2e6, "USD"), (3400, "USD")]
    found = metrics("Zed is $2.5$ times faster than Wye and $3$ times faster than Why.")
    assert [(m["value"], m["unit"]) for m in found] == [(2.5, "x"), (3, "x")]


def test_a_spread_in_words_is_no_result() -> None:
    found = metrics("Zed has a precision of 0.988 plus-minus 0.015, and a recall of 0.990 plus-minus 0.016.")
    assert [m["value"] for m in found] == [0.988, 0.990]


def test_washing_keeps_every_offset() -> None:
    assert all(len(old.encode()) == len(new.encode()) for old, new in WASH.items())


def test_nothing_to_wash_is_overlooked() -> None:
    keys = pl.Series(list(WASH))
    assert keys.filter(~(keys.str.contains(SIGNS) | keys.str.contains(SPELLED_SIGNS))).to_list() == []


SCRAPS = st.sampled_from(
    ["62%", "2.5x", "from 3 to 4 points", "accuracy of", "reduces", " by ", "±", "\\%", "$", "é", "😀", "\x1e", "1e9", "9" * 400,
     "half the", "two orders of magnitude", "(", ")", ",", ". A", "-", "–", "and", "GPT-4", "on ImageNet", "\u00a0", "\n", "K", "tokens/s"]
)  # fmt: skip


# A reading costs much the same for one text as for many, so an example is many.
@settings(max_examples=8)
@given(st.lists(st.lists(st.one_of(SCRAPS, st.text(max_size=8)), max_size=25).map(" ".join), min_size=1, max_size=20))
def test_any_text_gives_rows_whose_evidence_is_verbatim(texts: list[str]) -> None:
    found = extract(*texts, title=texts[0])
    assert found.schema == METRIC_SCHEMA
    for m in found.to_dicts():
        text = texts[int(m["text_id"]) if m["evidence_in"] == "abstract" else 0]
        assert text[m["evidence_start"] : m["evidence_end"]] == m["evidence"]
        assert 0 <= m["confidence"] <= 1
        assert math.isfinite(m["value"])
        assert all(m[name] for name in ("evidence", "unit", "kind", "rule", "quantity"))


def test_megabytes_of_digits_are_read_in_linear_time() -> None:
    assert extract("1 " * 100_000, "9" * 1_000_000, "by 5% " * 20_000).schema == METRIC_SCHEMA


def test_a_point_of_a_cloud_is_no_number() -> None:
    assert metrics("Zed improves a point cloud, and each tracking point is formulated as a point query.") == []
    has(one("Zed improves accuracy by a percentage point."), value=1.0, unit="points")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Zed improves the accuracy on WyeQA. On WhyQA, it achieves 81.2%.", "accuracy"),
        (f"Zed improves {'é' * 301} the accuracy on WyeQA. On WhyQA, it achieves 81.2%.", "accuracy"),
        ("Zed improves the accuracy. It is fast. On WhyQA, it achieves 81.2%.", "performance"),
        ("Zed improves the accuracy on WyeQA. On WhyQA, its performance reaches 81.2%.", "performance"),
        ("Zed reaches 59.78% at pass@256 on WyeQA, representing improvements of 13.32 points over Wye.", "pass@256"),
        ("Zed achieves 99.2% in just 200 RL steps, representing a 103% relative improvement.", "performance"),
    ],
)
def test_what_a_sentence_calls_nothing_may_be_called_before(text: str, quantity: str) -> None:
    assert metrics(text)[-1]["quantity"] == quantity


def test_a_factor_may_be_spelled_out() -> None:
    found = metrics("Zed reduces the cost by a factor of two, and lowers load variance by a factor of over three.")
    assert [(m["value"], m["unit"], m["direction"]) for m in found] == [(2, "x", "decrease"), (3, "x", "decrease")]
    assert [m["evidence"] for m in found] == ["two", "three"]


def test_the_ends_of_a_range_that_are_somebodys_are_two_levels() -> None:
    found = metrics("Accuracy ranges from 53.1% (GPT-4 CoT) to 75.5% (Llama-3 zero-shot).")
    assert [(m["value"], m["value_high"], m["subject"]) for m in found] == [
        (53.1, None, "GPT-4 CoT"),
        (75.5, None, "Llama-3"),
    ]


def test_a_share_in_the_name_of_a_distance_lends_no_unit() -> None:
    (found, _) = metrics("Zed achieves a Dice coefficient of 0.8505 and 95% Hausdorff distance of 2.8256 mm.")
    assert (found["value"], found["unit"]) == (0.8505, "score")


def test_a_size_is_counted_in_parameters() -> None:
    (found,) = metrics("Zed prunes the transformer, reducing its size from 12B to 2B.")
    assert (found["unit"], found["baseline_value"]) == ("parameters", 12e9)


def test_more_of_what_is_run_is_a_ratio() -> None:
    (found,) = metrics("Zed lets agents run 2-20x more loops within context limits.")
    assert (found["value"], found["value_high"], found["quantity"]) == (2, 20, "loops")


def test_prices_are_the_ends_of_a_range_or_change_as_other_numbers_are() -> None:
    (between,) = metrics("Zed costs between $0.50 and $1.25 per million tokens.")
    assert (between["value"], between["value_high"], between["unit"]) == (0.5, 1.25, "USD")
    (change,) = metrics("Zed reduces the cost from $4.20 to $0.08 per task.")
    assert (change["value"], change["baseline_value"], change["direction"]) == (0.08, 4.2, "decrease")


def test_what_is_shrunk_is_no_rival() -> None:
    (found,) = metrics("Zed shrinks the KV cache by 8x.")
    assert (found["quantity"], found["baseline"]) == ("KV cache", None)


def test_both_ends_of_a_spelled_factor_count() -> None:
    (found,) = metrics("Zed cuts delay by a factor of three to five over FIFO.")
    assert (found["value"], found["value_high"], found["unit"]) == (3, 5, "x")


@pytest.mark.parametrize(
    "text",
    [
        "Accuracy improves from 61.2% (Baseline) to 74.5% (Ours) on WyeQA.",
        "Accuracy drops from 61.2% (English) to 74.5% (Swahili).",
    ],
)
def test_the_ends_of_a_change_are_one_metric_whatever_stands_in_brackets(text: str) -> None:
    (found,) = metrics(text)
    assert (found["value"], found["baseline_value"]) == (74.5, 61.2)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("We reduce the number of parameters from 175 to 7 billion.", 175e9, 7e9),
        ("Zed extends the context window from 8 to 64K tokens.", 8_000, 64_000),
        ("Zed handles 8 to 64K tokens.", 8_000, 64_000),
        ("Throughput is 1.5 to 3 million tokens per second.", 1.5e6, 3e6),
        ("Zed is 2 to 3 thousand times faster.", 2_000, 3_000),
        # the letter is the second's alone
        ("Zed scales the context from 512 to 8K tokens.", 512, 8_000),
        ("It grows from 900 to 1.2K steps.", 900, 1_200),
        ("Zed extends the context window from 32,768 to 1 million tokens.", 32_768, 1e6),
        ("Zed reduces the model parameters from 68.5 millions to 1 billion.", 68.5e6, 1e9),
    ],
)
def test_a_word_for_the_size_behind_the_second_end_is_the_first_ones_too(text: str, low: float, high: float) -> None:
    (found,) = metrics(text)
    ends = (
        (found["baseline_value"], found["value"]) if found["baseline_value"] else (found["value"], found["value_high"])
    )
    assert ends == (low, high)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Zed achieves an AUC of 0.91 and scales to 10K tokens.", 0.91),
        ("Zed reaches an accuracy of 0.92 compared to 7B models.", 0.92),
        ("Zed outperforms Wye by 3.2 points on models up to 70 billion parameters.", 3.2),
        ("Zed improves F1 by 0.5 points on up to 10K samples.", 0.5),
        ("Zed has a PSNR of 3.2 up to 4K.", 3.2),
    ],
)
def test_the_size_of_another_number_is_not_this_ones(text: str, value: float) -> None:
    assert value in [m["value"] for m in metrics(text)]


def test_a_size_of_data_is_no_number_of_parameters() -> None:
    (found,) = metrics("Zed raises the context window size from 4K to 128K.")
    assert found["unit"] == "tokens"
    assert [m["unit"] for m in metrics("Zed raises the batch size from 1K to 32K.")] != ["parameters"]


def test_a_measure_is_no_model_though_its_name_begins_as_one() -> None:
    (found,) = metrics("Zed is faithful (DINO-S 0.712).")
    assert found["quantity"] == "DINO-S"


def test_no_decibel_is_an_accuracy() -> None:
    assert metrics("Prior work loses accuracy. Zed improves by 3.2 dB over Wye.")[-1]["quantity"] == "performance"


def test_a_distance_reduced_is_a_change() -> None:
    (found,) = metrics("Zed achieves a 12.4% Hausdorff distance reduction over Wye.")
    assert (found["kind"], found["direction"]) == ("percent_change", "decrease")
