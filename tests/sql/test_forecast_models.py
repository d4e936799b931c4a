"""The models of the forecast in SQL: against mpmath, scipy, lifetimes, the papers, and customers of known habits."""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import pandas as pd
import psycopg2.extensions
import pytest
from psycopg2.extras import execute_values

from c360_dash import db, rebuild
from c360_dash.config import Settings
from tests.oracle.forecasts import Floats, Seen, purchase_log_likelihood, value_log_likelihood
from tests.people.simulated import PURCHASES, VALUES, simulated

SEEDS = range(20)
MODELS = pytest.mark.parametrize("first", [0, 1], ids=["BG/NBD", "MBG/NBD"])
# s = r + x, moment = alpha + T, a, b + x, days: what is hard in each is said beside it.
EXTREMES = [
    (0.24, 4.41, 0.79, 2.43, 39),  # the medium of the papers: no repeat day
    (500.5, 700.0, 0.8, 501.0, 365),  # 500 repeat days
    (1000.0, 1000.0, 0.5, 1001.0, 1095),  # an order on every day: terms underflow
    (2.5, 7330.0, 1.3, 19.0, 90),  # known for 20 years
    (1.2, 29.0, 1.3, 19.0, 1095),  # known for one day
    (0.3, 0.5, 0.3, 0.9, 1095),  # z = 0.9995
    (0.3, 0.001, 0.3, 0.9, 3650),  # z = 0.9999997
    (20.0, 25.0, 0.01, 30.0, 3650),  # nobody leaves, z = 0.993
    (3.0, 60.0, 1.0, 4.0, 365),  # a = 1, where the printed formula divides by zero
    (3.0, 7300.0, 1.0000001, 4.0, 1),  # nearly 1, and hardly any time
    (2.2, 30.0, 5000.0, 9000.0, 365),  # all leave alike
    (5.0, 1.0, 2.0, 0.05, 365),  # nearly all leave at once
    (40.0, 60.0, 10_000.0, 550.0, 3650),  # the same, alike, and who stays orders often
]


class Models:
    """The SQL of the models over groups and values of one's own."""

    def __init__(self, connection: psycopg2.extensions.connection) -> None:
        self.cursor = connection.cursor()
        self.cursor.execute(
            "create temp table forecast_groups (repeat_days float8, span_days float8, observed_days float8,"
            " customers float8); create temp table forecast_values (order_days float8, mean_value float8)"
        )

    def one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        self.cursor.execute(statement, values)
        row = self.cursor.fetchone()
        assert row is not None
        return tuple(row)

    def hold(self, seen: Seen, means: Floats | None = None) -> None:
        """These customers are the ones that models are fitted on."""
        self.cursor.execute("truncate forecast_groups, forecast_values")
        groups = pd.DataFrame(np.transpose(seen)).value_counts().sort_index().reset_index()
        self._fill("forecast_groups", groups)
        if means is not None:
            values = pd.DataFrame({"days": seen.repeat_days + 1, "mean": means})
            self._fill("forecast_values", values.sort_values(["days", "mean"]))

    def _fill(self, table: str, frame: pd.DataFrame) -> None:
        execute_values(self.cursor, f"insert into {table} values %s", frame.astype(float).to_numpy().tolist())

    def purchases(self, first: int) -> Floats:
        *found, reason = self.one("select r, alpha, a, b, reason from c360.fit_purchases(null, %s)", first)
        assert reason is None
        return np.array(found)

    def values(self) -> Floats:
        *found, reason = self.one("select p, q, gamma, reason from c360.fit_values(null)")
        assert reason is None
        return np.array(found)

    def purchase_likelihood(self, logarithms: Floats, first: int) -> tuple[float, Floats, Floats]:
        return self._likelihood("purchase_likelihood(%s, %s)", logarithms.tolist(), first)

    def value_likelihood(self, logarithms: Floats) -> tuple[float, Floats, Floats]:
        return self._likelihood("value_likelihood(%s)", logarithms.tolist())

    def _likelihood(self, call: str, *values: Any) -> tuple[float, Floats, Floats]:
        """The value, its first and its second derivatives."""
        value, gradient, curvature = self.one(f"select value, gradient, curvature from c360.{call}", *values)
        size = len(gradient)
        return value, np.array(gradient), np.array(curvature).reshape(size, size)


@pytest.fixture(scope="module")
def models(make_database: Callable[[], Settings]) -> Iterator[Models]:
    settings = make_database()
    rebuild.install(settings)
    with db.owner_connection(settings) as connection:
        yield Models(connection)


@pytest.fixture(scope="module")
def peer() -> Iterator[Any]:
    """The package lifetimes, whose warnings are its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import lifetimes
        import lifetimes.datasets

        yield lifetimes


def within_three_errors(found: Floats, true: tuple[float, ...], information: Floats) -> float:
    """Asserts it of each logarithm; how far all are off together, which is χ² distributed."""
    off = np.log(found) - np.log(true)
    assert np.abs(off / np.sqrt(np.diag(np.linalg.inv(information)))).max() < 3
    return float(off @ information @ off)


def check_errors(distances: list[float], parameters: int) -> None:
    """Whether the standard errors are as large as what they stand for: the sum of the distances is χ² distributed."""
    freedom = len(distances) * parameters
    assert abs(sum(distances) - freedom) < 3 * np.sqrt(2 * freedom)


@pytest.mark.parametrize("x", [1e-4, 0.01, 0.5, 1, 1.5, 2, 5, 11.99, 12, 100, 500.3, 9_000])
def test_gamma_functions_are_those_of_mpmath(models: Models, x: float) -> None:
    found = models.one("select c360.ln_gamma(%s), c360.digamma(%s), c360.trigamma(%s)", x, x, x)
    exact = [float(value) for value in (mpmath.loggamma(x), mpmath.psi(0, x), mpmath.psi(1, x))]
    assert found == pytest.approx(exact, rel=1e-13, abs=1e-13)


@MODELS
def test_the_likelihood_of_purchases_is_that_of_scipy(models: Models, first: int) -> None:
    seen = simulated(1, 500, first).seen
    models.hold(seen)
    for parameters in ([0.9, 40, 0.8, 3], [0.01, 5, 0.01, 0.05], [200, 4000, 30, 9000]):
        logarithms = np.log(parameters)
        value, gradient, curvature = models.purchase_likelihood(logarithms, first)
        assert value == pytest.approx(purchase_log_likelihood(logarithms, first, seen), rel=1e-8)
        check_derivatives(lambda at: purchase_log_likelihood(at, first, seen), logarithms, gradient, curvature)


def test_the_likelihood_of_values_is_that_of_scipy(models: Models) -> None:
    found = simulated(1, 500, 1)
    models.hold(found.seen, found.means)
    days = found.seen.repeat_days + 1
    for parameters in ([4, 3.5, 30], [0.05, 0.5, 1], [300, 2000, 9000]):
        logarithms = np.log(parameters)
        value, gradient, curvature = models.value_likelihood(logarithms)
        assert value == pytest.approx(value_log_likelihood(logarithms, days, found.means), rel=1e-8)
        check_derivatives(lambda at: value_log_likelihood(at, days, found.means), logarithms, gradient, curvature)


def check_derivatives(
    likelihood: Callable[[Any], Any], at: Floats, gradient: Floats, curvature: Floats, step: float = 1e-5
) -> None:
    """Against a step into the complex numbers, and differences of such slopes."""

    def slope(place: Floats) -> Floats:
        return np.array([likelihood(place + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(at))])

    assert gradient == pytest.approx(slope(at), rel=1e-8, abs=1e-7)
    differences = [(slope(at + step * unit) - slope(at - step * unit)) / (2 * step) for unit in np.eye(len(at))]
    assert curvature == pytest.approx(np.array(differences), rel=1e-5, abs=1e-3)


@MODELS
def test_known_habits_of_customers_are_found_again(models: Models, first: int) -> None:
    distances = []
    for seed in SEEDS:
        models.hold(simulated(seed, 2_000, first).seen)
        found = models.purchases(first)
        _, _, curvature = models.purchase_likelihood(np.log(found), first)
        distances.append(within_three_errors(found, PURCHASES, -curvature))
    check_errors(distances, 4)


def test_known_spending_is_found_again(models: Models) -> None:
    distances = []
    for seed in SEEDS:
        found = simulated(seed, 2_000, 1)
        models.hold(found.seen, found.means)
        fitted = models.values()
        _, _, curvature = models.value_likelihood(np.log(fitted))
        distances.append(within_three_errors(fitted, VALUES, -curvature))
    check_errors(distances, 3)


@MODELS
def test_purchases_agree_with_lifetimes_about_the_customers_of_a_record_shop(
    models: Models, peer: Any, first: int
) -> None:
    records = peer.datasets.load_cdnow_summary(index_col=[0])
    seen = Seen(*(records[name].to_numpy(float) for name in ("frequency", "recency", "T")))
    models.hold(seen)
    fitter = peer.ModifiedBetaGeoFitter() if first else peer.BetaGeoFitter()
    fitter.fit(*seen)
    found = models.purchases(first)

    assert found == pytest.approx(fitter.params_[["r", "alpha", "a", "b"]].to_numpy(), rel=1e-3)
    if not first:
        assert found == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=5e-4), "Fader, Hardie & Lee 2005, table 2"
    theirs = fitter.conditional_expected_number_of_purchases_up_to_time(39, *seen)
    ours = [expected_purchases(models, found, first, *customer, days=39) for customer in zip(*seen, strict=True)]
    assert np.array(ours[:300]) == pytest.approx(np.array(theirs)[:300], rel=1e-3)


def expected_purchases(
    models: Models, parameters: Floats, first: int, x: float, last: float, observed: float, days: float
) -> float:
    r, alpha, a, b, x, last, observed = map(float, (*parameters, x, last, observed))
    (found,) = models.one(
        "select c360.probability_active(%s, %s, %s, %s, %s, %s, %s, %s) * c360.expected_order_days(%s, %s, %s, %s, %s)",
        *(r, alpha, a, b, x, x + first, last, observed),
        *(r + x, alpha + observed, a, b + x + first, days),
    )
    return float(found)


def test_values_agree_with_lifetimes_and_the_paper(models: Models, peer: Any) -> None:
    records = peer.datasets.load_cdnow_summary_data_with_monetary_value()
    records = records[records["frequency"] > 0]
    days, means = records["frequency"].to_numpy(float), records["monetary_value"].to_numpy(float)
    models.hold(Seen(days - 1, days, days), means)
    fitter = peer.GammaGammaFitter()
    fitter.fit(days, means)
    found = models.values()

    assert found == pytest.approx(fitter.params_[["p", "q", "v"]].to_numpy(), rel=1e-3)
    assert found == pytest.approx([6.25, 3.74, 15.44], abs=0.02), "Fader & Hardie 2013, page 6"


@pytest.mark.parametrize("extreme", EXTREMES)
def test_expected_orders_are_those_of_the_printed_formula(models: Models, extreme: tuple[float, ...]) -> None:
    (found,) = models.one("select c360.expected_order_days(%s, %s, %s, %s, %s)", *map(float, extreme))
    assert found == pytest.approx(printed_formula(*extreme), rel=1e-9)


@pytest.mark.parametrize("extreme", EXTREMES)
def test_both_ways_to_expected_orders_agree(models: Models, extreme: tuple[float, ...]) -> None:
    s, moment, a, b, days = map(float, extreme)
    (found,) = models.one("select c360.expected_order_days_far(%s, %s, %s, %s)", s, days / moment, a, b)
    assert found == pytest.approx(printed_formula(*extreme), rel=1e-9)


def printed_formula(*numbers: float) -> float:
    """Fader, Hardie & Lee 2005, eq. 10, for an active customer, with 40 digits."""
    with mpmath.workdps(40):
        s, moment, a, b, days = map(mpmath.mpf, numbers)
        a += mpmath.mpf(10) ** -20 * (a == 1)
        z = days / (moment + days)
        never = (1 - z) ** s * mpmath.hyp2f1(s, b, a + b - 1, z)
        return float((a + b - 1) / (a - 1) * (1 - never))


def test_no_time_brings_no_orders_and_more_time_brings_more(models: Models) -> None:
    found = models.one(
        "select array_agg(c360.expected_order_days(1.5, 60, 1.3, 5, days) order by days)"
        " from unnest(array[0, 1, 30, 90, 365, 3650]) as days"
    )[0]
    assert found[0] == 0
    assert found == sorted(set(found))


def test_who_could_not_have_left_is_active(models: Models) -> None:
    once = "select c360.probability_active(0.9, 40, 0.8, 3, 0, %s, 0, 7300)"
    assert models.one(once, 0) == (1,)
    assert models.one(once, 1)[0] < 0.05


def test_five_hundred_orders_and_then_nothing_for_years_is_gone(models: Models) -> None:
    (found,) = models.one("select c360.probability_active(0.9, 40, 0.8, 3, 500, 501, 700, 7300)")
    assert 0 < found < 1e-100


def test_a_search_without_an_end_has_not_settled(models: Models) -> None:
    models.cursor.execute(
        "create function pg_temp.endless(p_at float8[], out value float8, out gradient float8[],"
        " out curvature float8[]) language sql as 'select p_at[1], array[1.0::float8], array[-1.0::float8]'"
    )
    found = models.one("select is_settled, steps from c360.maximise('pg_temp.endless($1)', '{0}', '{0}', '{1e9}')")
    assert found == (False, 100)


def test_a_parameter_may_end_at_its_bound(models: Models) -> None:
    """Customers of one and the same habit: their spread is as small as the search allows."""
    observed = np.linspace(100, 400, 60)
    models.hold(Seen(np.round(observed / 10), np.round(observed / 10) * 10, observed))
    r, alpha, a, b = models.purchases(1)
    assert r == 1_000
    assert r / alpha == pytest.approx(0.1, rel=0.02)
    assert a / (a + b) < 0.01


@MODELS
def test_a_shop_to_which_hardly_anybody_comes_back_is_fitted_all_the_same(models: Models, first: int) -> None:
    """The likelihood hardly tells parameters apart there, and the search has to go far."""
    observed = np.arange(3_000).astype(float) % 600 + 1
    repeats = np.where(np.arange(3_000) % 50 == 0, 1 + np.arange(3_000) % 3, 0) * (observed > 100)
    models.hold(Seen(repeats.astype(float), 30.0 * repeats, np.asarray(observed, dtype=np.float64)))
    r, alpha, a, b = models.purchases(first)
    expected = [
        expected_purchases(models, np.array([r, alpha, a, b]), first, 0, 0, known, days=90) for known in (1, 600)
    ]
    assert 0 < expected[1] < expected[0] < 0.1


def test_nobody_who_came_back_or_paid_is_said(models: Models) -> None:
    models.hold(Seen(np.zeros(5), np.zeros(5), np.arange(5.0)))
    words = ("No customer has come back on another day.",)
    assert models.one("select reason from c360.fit_purchases(null, 1)") == words
    words = ("No customer has net sales above zero, so there is no forecast of sales.",)
    assert models.one("select reason from c360.fit_values(null)") == words
