"""A customer's words are found as a whole where they are all there is in their block; nobody else's are."""

import pytest

from healthlint.config import Settings
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, markdown
from healthlint.rulebook import load_book
from healthlint.text import Source

LINTER = Linter(load_book())


def found(page: str) -> list[str]:
    document = markdown.read(Source("page.md", page), ReadOptions())
    findings = LINTER.lint(document, Settings(context="commercial")).findings
    return [finding.words for finding in findings if finding.rule.id == "customer-testimonial"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param("“I sleep again.”", ["“I sleep again.”"], id="a quotation that says I"),
        pytest.param("“Slept right through!” – Jo, Leeds", ["“Slept right through!”"], id="one with a name behind it"),
        pytest.param("“Slept right through!” S.P.", ["“Slept right through!”"], id="one with initials"),
        pytest.param("“Slept right through!” (Mum of two)", ["“Slept right through!”"], id="one with a mum"),
        pytest.param(
            "“My knees are new.”\n\n“Small price, big change.”",
            ["“My knees are new.”", "“Small price, big change.”"],
            id="one beside another customer's",
        ),
        pytest.param("> I walk again.\n> — Ann", ["I walk again."], id="a block quotation"),
        pytest.param(
            "## What customers say\n\nI was in and out in no time.",
            ["I was in and out in no time."],
            id="a review under its heading",
        ),
        pytest.param(
            "I bought two more jars.\n\nVerified buyer", ["I bought two more jars."], id="a review over its mark"
        ),
        pytest.param(
            "★★★★☆ Goes on smooth, smells of mint", ["★★★★☆ Goes on smooth, smells of mint"], id="stars first"
        ),
        pytest.param("- ⭐⭐⭐⭐⭐ Gone in two nights", ["⭐⭐⭐⭐⭐ Gone in two nights"], id="stars first in a list"),
    ],
)
def test_found(page, words):
    assert found(page) == words


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("“Natural” is a word that I avoid.", id="a word in quotation marks"),
        pytest.param("“Drink more tea and I promise you rest.” – Dr Ames, founder", id="an expert or seller"),
        pytest.param("“I treat patients of all ages, and my clinic is open daily.”", id="one who treats"),
        pytest.param("The sign read “Mind the step” and “No dogs”.", id="words inside a sentence"),
        pytest.param("I bought two more jars for the pantry.", id="one who says I, and no sign of a review"),
        pytest.param("“Mind the step, please.”", id="a quotation without a person"),
        pytest.param("★★★★★ 4.8 of 5", id="stars and a number"),
        pytest.param("Rated ★★★★★ by 200 shoppers", id="stars in a sentence of the seller's"),
        pytest.param("★ Ginger helps the stomach", id="a star for a bullet"),
    ],
)
def test_silent(page):
    assert found(page) == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param(
            "Doris came to us bent double. Her sister drove the car. By June she was back at her loom. Order our balm.",
            ["Doris came to us bent double.", "Her sister drove the car.", "By June she was back at her loom."],
            id="one who is named, then told of as she",
        ),
        pytest.param(
            "## Results at our clinic\n\nOur client was a retired baker.\n\nHe sleeps through again.",
            ["Our client was a retired baker.", "He sleeps through again."],
            id="one told of by what he is, over blocks",
        ),
        pytest.param(
            "Lilo, a six-year-old pup, cried all day. By June she slept on our drops.",
            ["Lilo, a six-year-old pup, cried all day.", "By June she slept on our drops."],
            id="a name with an age in words",
        ),
        pytest.param(
            "Our old dog limped to the gate. We tried the drops. By June we could not keep up.",
            ["Our old dog limped to the gate.", "We tried the drops.", "By June we could not keep up."],
            id="an animal, by those who own it",
        ),
        pytest.param(
            "“I came in May. I sat there. I was tired. I am new.” – Jo, Hull",
            ["“I came in May. I sat there. I was tired.", "I am new.”"],
            id="a long quotation, a few sentences at a time",
        ),
        pytest.param("“I sleep again,” says Kerry.", ["“I sleep again,”"], id="a name after says"),
    ],
)
def test_a_story_is_told_sentence_by_sentence(page, words):
    assert found(page) == words


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("Our offer ends Jan 20. That night the Jan batch of drops was gone.", id="a month with a day"),
        pytest.param("Dr Doris Hill came to our clinic in May. She sleeps in the flat above.", id="one who treats"),
        pytest.param("Doris knits hats at the stall. She is there on Mondays.", id="no turn in it"),
        pytest.param("She put the kettle on. By June she was better.", id="nobody who was named"),
        pytest.param("Doris was worse in May. By June she was better.", id="a page that sells nothing"),
        pytest.param("Doris asks: will our drops help? By June you will know.", id="words to the reader"),
    ],
)
def test_what_tells_of_no_customer_is_silent(page):
    assert found(page) == []
