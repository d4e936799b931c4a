"""Where more is asked than the database can answer, what is kept is answered and the rest is told to come again."""

import threading
from contextlib import ExitStack

import pytest
from flask import Flask

from c360_dash import api, db
from c360_dash.config import Settings
from c360_dash.db.turns import Turns


def test_whoever_comes_when_no_turn_is_free_is_refused_and_may_come_again() -> None:
    turns = Turns(2, patience=0)
    with ExitStack() as taken:
        taken.enter_context(turns.turn())
        taken.enter_context(turns.turn())
        with pytest.raises(db.TooBusy, match="ask again in a few seconds"), turns.turn():
            pass
    with turns.turn(), turns.turn():
        pass


def test_whoever_waits_gets_the_turn_that_ends() -> None:
    turns, order = Turns(1, patience=60), []
    with turns.turn():
        waiting = threading.Thread(target=lambda: order.append(_in_turn(turns)))
        waiting.start()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def _in_turn(turns: Turns) -> str:
    with turns.turn():
        return "second"


def test_a_turn_whose_question_fails_is_free_again() -> None:
    turns = Turns(1, patience=0)
    with pytest.raises(db.QueryTooSlow), turns.turn():
        raise db.QueryTooSlow
    with turns.turn():
        pass


def test_the_api_refuses_a_new_question_with_a_time_to_come_again_and_answers_a_kept_one(
    own_named_people: Settings,
) -> None:
    server = Flask("shop")
    api.register(server, own_named_people)
    client = server.test_client()
    assert client.get("/api/v1/churn-risk").status_code == 200
    found = server.extensions[db.EXTENSION]
    found.turns = Turns(1, patience=0)
    with found.turns.turn():
        refused = client.get("/api/v1/churn-risk?value_segment=High")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert "More is asked of the database" in refused.get_json()["detail"]
        assert client.get("/api/v1/churn-risk").status_code == 200
        assert client.get("/healthz").status_code == 200
    assert client.get("/api/v1/churn-risk?value_segment=High").status_code == 200
