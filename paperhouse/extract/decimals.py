"""Numbers with decimals: one that no frame takes is a result still, unless it is part of a name, or of how something was tested or set up."""

import polars as pl

from paperhouse.extract.patterns import model_names

DECIMALS = r"^[0-9]*\.[0-9]"
# the words beside a number with decimals that is no change; NULL for others, on which no pattern is tried
_near_decimal = pl.when(pl.col("token").str.contains(DECIMALS) & pl.col("baseline_value").is_null()).then(
    pl.col("left").str.tail(40)
)
# What a run is given
SETTING = (
    "temperatures?|thresholds?|cut-?offs?|scales?|seeds?|margins?|momentum|dropout|discount factors?|top[-_ ]?[pk]|probability|significance(?: levels?)?|p-values?"
    "|(?:learning|dropout|sampling|noise|mutation|decay|setting|warm-?up|mask(?:ing)?|missing) ?(?:rates?|ratios?|levels?|values?)?|(?:guidance|regularization|loss|decay) (?:weights?|coefficients?|factors?)"
    "|alpha|beta|gamma|delta|sigma|epsilon|lambda|mu|eta|theta|tau|chi(?:[ -]?squared?|\\^2)?"
)
# "p < 0.05", "alpha = 0.05", "0.98 plus-minus 0.01", "0.80 [0.76, 0.84]", "a threshold of 0.8": how it was tested, and under what
_of_a_test = _near_decimal.str.contains(
    r"(?:^|[ ($\\\[])(?i-u:d|h|f|t|z|u|w|n|c|s) *(?i-u:[=<>]|(?u:[≈≤≥])|\\[a-z]+)+ *$|(?:^|[ ($\\\[])(?i-u:p) *(?i-u:[=<>]|(?u:[≈≤≥])|of|is|was|equals?(?: to)?|\\[a-z]+| )* *$"
    rf"|(?:^|[ ($\\\[])(?i-u:{SETTING}|(?u:[αβγδσελμηθτχ])(?:\^2|²)?)(?i-u:[_ ]?[0-9])? *(?i-u:[=<>]|(?u:[≈≤≥])|of|is|are|was|were|equals?|to|at|set|fixed|value| |\\[a-z]+)* *$"
    r"|plus[-/ ](?:or )?minus *$|[+]/- *$|(?u:±) *$|(?:^|[ (])(?i-u:SD|SE|std|IQR|C\.?I\.?|standard (?:deviations?|errors?)|confidence intervals?)(?i-u:[=:,]|of|is|was| )*$|[0-9]:$|\[-?(?:[0-9.]+[,;] *)?$|[0-9][)] *= *$"
) & ~_near_decimal.str.contains(
    "ronbach's (?i-u:alpha)(?u:[^a-z])*$|(?i-u:cohen|fleiss|krippendorff|kendall)(?u:.){0,20}$"
)
_of_a_test |= pl.col("right").str.contains("^(?:threshold|out of |(?:[x×]|times) ?10)")


def stands_alone(model_families: pl.DataFrame) -> pl.Expr:
    """An expression over `token`, `left`, `right`, `baseline_value`: true where a number is a result of itself; NULL for a change and where
    nothing has decimals."""
    # "LLaMA (3.1)"
    version = rf"(?-i:{model_names(model_families, 'language')})[A-Za-z-]* [(]$"
    # "arXiv:2410.15027", "π_0.5", "Stable Diffusion (SD) 2.1", "a 1.4 Million …", "1.5 Flash models", "numpy 1.24.3", "Section 3.2"
    of_a_name = _near_decimal.str.contains(
        r"(?i-u)arxiv:? ?$|_ *$|[A-Za-z0-9]/$|[0-9]\.$|(?-i:[A-Z])[a-z-]* [(](?-i:[A-Z])[A-Za-z]*[)] $|(?:^|[ (])(?:version|release|section|eq[.]?|equation|page|table|figure|IEEE|ISO|Python|CUDA|PyTorch|TensorFlow|Ubuntu):? $|^ *$"
        f"|{version}"
    ) | pl.col("right").str.contains(r"^(?:https?:|\.[0-9]|(?i-u:million|billion|version)|[A-Z][a-z]+ models?)")
    # ".001": more often a setting
    return ~of_a_name & ~_of_a_test & ~pl.col("token").str.starts_with(".")
