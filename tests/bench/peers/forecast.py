"""The forecast with lifetimes, in a process of its own: `python -m tests.bench.peers.forecast customers.csv`.

Prints what it cost and the parameters as JSON. It computes what the build computes: both models' parameters, then each
customer's probability to be active, orders of 90 days and of one, two and three years, and value of an order day.
"""

import resource
import sys
import warnings
from pathlib import Path
from time import perf_counter

import orjson
import pandas as pd

HORIZONS = (90, 365, 730, 1095)


def main(path: Path) -> None:
    """Reads order_days, span_days, observed_days and mean_value of each customer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import GammaGammaFitter, ModifiedBetaGeoFitter

        people = pd.read_csv(path)
        seen = (people["order_days"] - 1, people["span_days"], people["observed_days"])
        started = perf_counter()
        purchases, values = ModifiedBetaGeoFitter(), GammaGammaFitter()
        purchases.fit(*seen)
        values.fit(people["order_days"], people["mean_value"])
        fitted = perf_counter()
        purchases.conditional_probability_alive(*seen)
        for days in HORIZONS:
            purchases.conditional_expected_number_of_purchases_up_to_time(days, *seen)
        values.conditional_expected_average_profit(people["order_days"], people["mean_value"])
        scored = perf_counter()
    told = {
        "fit": fitted - started,
        "score": scored - fitted,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "parameters": [*purchases.params_, *values.params_],
    }
    sys.stdout.write(orjson.dumps(told, option=orjson.OPT_SERIALIZE_NUMPY).decode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
