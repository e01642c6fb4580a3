"""Who is speaking, and of what: an advertisement or an editorial page, and which class of product."""

from __future__ import annotations

import pytest

from healthlint.config import Settings
from healthlint.language.speaker import ClassSign, Sign, Signs, Tones, infer_context, infer_product
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, plain
from healthlint.rulebook import load_book
from healthlint.text import Source

COMMERCIAL = {
    "a bottle for sale": """# Bright Mornings magnesium
Sixty capsules for deeper rest and calmer days.
$24 a bottle, free shipping over $40. Add to cart.""",
    "a clinic's page": """# Acupuncture for frozen shoulder
A stiff shoulder makes dressing a chore. Symptoms include pain at night and loss of movement.
Our practitioners start with a long conversation. Treatments are tailored to you.
Book an appointment online or give us a call.""",
    "a clinic's article that explains an illness": """# Understanding plantar fasciitis
Plantar fasciitis is caused by strain on the band under the foot. Symptoms of it include heel pain in the morning.
Risk factors for it are running and standing work.
At Harbour Podiatry our team has 15 years of experience. We offer shockwave therapy, a non-invasive option.""",
    "a review that earns": """# I tried the ThermoWrap for a month
It arrived in a plain box. By week two my back felt looser, and I slept on my side again.
My verdict: worth it. Check the latest price on the official website; I earn a small commission.""",
    "a comparison with ratings": """# TrimBox vs LeanBox
## Pricing
TrimBox is $79/month, LeanBox $99/month.
## Pros and cons
✅ Quick delivery
❌ No phone line
Rating: 4.2/5. Best for people who hate shops.""",
    "an e-mail": """Subject: LAST CHANCE!!!
Drop two sizes before summer with our new tea! Click here to order, only $19.95 today!""",
    "a seller's blog that cites research": """# Seven reasons to love ashwagandha
A double-blind trial published in a journal found less stress in 60 participants.
Discover your calm: our capsules are vegan, and each bottle holds a premium blend.
Shop now and save 20% off your first order!""",
    "a recruiter of distributors": """# Share the oils, share the joy
I have used these oils for six years! Imagine your evenings with a diffuser, a wellness journey for the whole family.
Message me to join my team, or sign up today for your starter kit.""",
    "a retreat": """# Seven days of stillness
Wake to the sea, breathe, and let the whole person come home. Holistic bodywork and bespoke meals.
Places from €1,490. Reserve your place today.""",
    "a vet's page": """# Laser for older dogs
Stiff hips make stairs hard. We use a gentle, drug-free laser in our practice, and most dogs doze through it.
Call us to arrange a first session.""",
    "hair clinic abroad": """# Hair transplant packages
Our surgeons place up to 4,000 grafts in a day. Your hotel and transfers are included.
Prices from £1,900. Request a free consultation on WhatsApp.""",
    "a supplement page with careful words": """# Joint support
Each serving has glucosamine and turmeric. These statements have not been evaluated by the Food and Drug Administration.
Talk to your doctor before use if you take blood thinners. 90 capsules, in stock.""",
    "an online clinic": """# Hair loss treatment online
Answer a few questions and a licensed clinician reviews them. Treatment plans start at $20 a month.
Get started. Cancel any time. Side effects include scalp irritation.""",
    "a label with its warnings": """# Slumber softgels
Melatonin and lemon balm for a natural, restful night. Two softgels support relaxation.
Ask a doctor before use if you are pregnant. Must not be given to children.""",
    "a few lines in praise of a remedy": """Nettle tea is a gentle tonic that clears the skin from within. Its natural
properties calm itching and swelling, and unlike tablets it has never harmed anyone. Our grandmothers drank it for
gout, for hay fever and for tired blood, and they were right about all three of them, as anybody who tries it knows.""",
    "a page without any sign": "# Cupping\nCups are put on the back and left there for some minutes.",
    "a claim in one line": "Melts inches off your waist.",
}

EDITORIAL = {
    "a leaflet": """Package leaflet for Dormalin tablets
Keep this leaflet. Ask if something is unclear before you take this medicine. Do not take it if you are allergic to the active substance.
Tell your doctor if you are pregnant. Possible side effects: dizziness, cough. Call 999 if your face swells.""",
    "an authority on an illness": """# Gout
Gout is a form of arthritis. It is caused by crystals in the joint. Who is at risk? Men over 40 are at higher risk of
it.
How is gout diagnosed? Your doctor may order a blood test. Signs of gout include a hot, red toe.
The National Institute of Arthritis lists clinical trials that are open.""",
    "an abstract": """Objective: to assess balneotherapy for knee osteoarthritis.
Methods: 120 patients with knee osteoarthritis were randomly assigned to baths or a waiting list. The primary outcome
was pain.
Results: mean difference 1.2 (95% CI 0.4 to 2.0). Conclusions: larger trials are needed.""",
    "a review in plain words": """We searched for trials of yoga for asthma. We included 12 studies with 900
participants.
We found moderate-quality evidence that yoga may improve quality of life. The review authors' conclusions are
cautious.""",
    "journalism": """Sales of hangover patches have doubled, but doctors are doubtful.
"There is no evidence that vitamins cross the skin in useful amounts," said Professor Lena Holt of the university.
A spokesman for the maker declined to comment. The patches cost about $3 each, and he said demand was growing.""",
    "an enforcement notice": """The agency issued a warning letter to a seller of colloidal silver. Its website
claimed that silver kills viruses.
The products are unapproved new drugs and misbranded. The attorney general has filed for an injunction.""",
    "a fact check": """Claim: onions in socks draw out the flu. The claim is false.
There is no scientific evidence that an onion absorbs a virus. The post, shared 40,000 times, is misinformation.""",
    "a sceptic's blog": """Another booth at the fair sold ear candles! The man claimed that they suck out wax and
toxins. It is quackery.
Studies that looked at the residue found candle wax, nothing else. I complained to the regulator, and the complaint
was upheld.""",
    "a college's page for patients": """# Your knee replacement
Tell your nurse if you have a fever. Do not drive until your doctor says you can. If you forget a dose, ask your
pharmacist.
Common side effects of the painkillers are nausea and constipation. Signs of infection include redness and heat.""",
    "a press release of a university": """Researchers at the university found that mice slept longer after the diet.
"It is early days," said lead author Mira Olsen. The study was published in the journal Sleep.""",
    "software": """# Healing a broken build
When the test suite fails after a commit, revert first. The server then runs the last good version of the API.
Our cure for flaky unit tests is to delete them!""",
    "a licence": """8. Termination. You may not propagate this covered work. The licensor must give written notice of
the breach.
The agreement is reinstated if you cure the violation within 30 days.""",
    "a few lines on first aid": """Put the ankle up and cool it for ten minutes at a time. A bandage eases the swelling.
Ibuprofen relieves the pain, but children need a smaller dose. See a doctor if the toes turn blue, if the foot is numb,
or if the pain gets worse in spite of rest. Most people walk without a limp again after a week or two.""",
    "a few lines of crime": """For eighty pounds the drops were said to shrink tumours. They were salt water. Two women who
had trusted them have died. The seller claims that he never told anyone to give up chemotherapy, but his adverts said so,
and the company he ran had sold nine thousand bottles by the time the police came. He was jailed on Monday.""",
    "sport": """The striker limped off in stoppage time, but the coach was calm. "He will recover," he said after the
match.
The season is young, and the league has a break.""",
    "a style guide": """# How we write about health
Use plain English. We avoid "suffer from". Our content is tested in user research with patients.""",
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load_book())


def taken_for(linter: Linter, text: str) -> tuple[str, str]:
    """Return the context and product that a page is taken for."""
    outcome = linter.lint(plain.read(Source("page.txt", text), ReadOptions()), Settings())
    return outcome.context, outcome.product


@pytest.mark.parametrize("text", COMMERCIAL.values(), ids=COMMERCIAL)
def test_selling_is_commercial(linter, text):
    assert taken_for(linter, text)[0] == "commercial"


@pytest.mark.parametrize("text", EDITORIAL.values(), ids=EDITORIAL)
def test_telling_is_editorial(linter, text):
    assert taken_for(linter, text)[0] == "editorial"


@pytest.mark.parametrize(
    ("text", "product"),
    [
        pytest.param("# Omega softgels\nTwo softgels a day. Supplement facts below.", "supplement", id="capsules"),
        pytest.param(
            "# Keto gummies\nFor your keto diet, gym days and snacks.", "supplement", id="gummies on a diet page"
        ),
        pytest.param("# Retinol night cream\nA serum for wrinkles, with face cream.", "cosmetic", id="a cream"),
        pytest.param("# TENS machine\nThe device has two pads. This device is worn.", "device", id="a device"),
        pytest.param(
            "# Reiki in Leeds\nYour first session lasts an hour. Book a session.", "service", id="a therapist"
        ),
        pytest.param("# Oat milk\nA creamy drink with oats.", "food", id="a drink"),
        pytest.param(
            "Semaglutide and tirzepatide, weekly. Wegovy is one.", "medicine:rx", id="a prescription medicine"
        ),
        pytest.param("Homeopathic pillules, 30C. A homeopath chooses.", "medicine:homeopathic", id="homeopathy"),
        pytest.param(
            "Ibuprofen and paracetamol tablets. Always read the label.", "medicine:otc", id="from the counter"
        ),
        pytest.param("Valerian tablets. THR registered.", "medicine:thr", id="a registered herb"),
        pytest.param("Package leaflet. This medicine has an active substance. Tablets.", "medicine", id="a leaflet"),
        pytest.param("A walk by the river.", "", id="nothing"),
    ],
)
def test_product_class(linter, text, product):
    assert taken_for(linter, text)[1] == product


def test_what_is_configured_is_not_inferred(linter):
    document = plain.read(Source("page.txt", "Package leaflet. Buy now!"), ReadOptions())
    outcome = linter.lint(document, Settings(context="commercial", product="food"))
    assert (outcome.context, outcome.product) == ("commercial", "food")
    assert outcome.reasons == ("commercial: as configured", "food: as configured")


SIGNS = Signs(
    3,
    (Sign("a price", 2, 2, (1,)), Sign("marks", 1, 2, (), "!")),
    (Sign("a leaflet", 2, 3, (2,)),),
    (("food", (ClassSign(1, 5, (3,)),)), ("device", (ClassSign(2, 5, (4,)),))),
    Tones(2, 1, (Sign("praise", 1, 9, (5,)),), (Sign("doubt", 1, 3, (6,)),)),
)


@pytest.mark.parametrize(
    ("counts", "text", "links", "context"),
    [
        pytest.param({}, "", (0, 0), "commercial", id="nothing says otherwise"),
        pytest.param({2: 1}, "", (0, 0), "commercial", id="too little is needed to be editorial"),
        pytest.param({2: 2}, "", (0, 0), "editorial", id="enough"),
        pytest.param({2: 2, 1: 2}, "", (0, 0), "commercial", id="no more than what sells"),
        pytest.param({2: 3, 1: 9}, "", (0, 0), "editorial", id="what sells counts up to its most"),
        pytest.param({2: 2, 1: 1}, "!!!", (0, 0), "commercial", id="marks count"),
        pytest.param({2: 2}, "", (1, 0), "editorial", id="one shop link"),
        pytest.param({2: 2}, "", (2, 0), "commercial", id="two shop links"),
        pytest.param({}, "", (0, 3), "editorial", id="three links to sources"),
        pytest.param({2: 1}, "word " * 200, (0, 0), "editorial", id="a long page that sells nothing needs one less"),
        pytest.param({}, "word " * 200, (0, 1), "commercial", id="but no two less"),
        pytest.param({2: 1}, "word " * 600, (0, 0), "commercial", id="a page that is no excerpt needs as much as ever"),
        pytest.param({2: 2, 5: 5}, "word " * 60, (0, 0), "editorial", id="what an excerpt says, against a little tone"),
        pytest.param({2: 2, 5: 8}, "word " * 60, (0, 0), "commercial", id="but not against a loud one"),
        pytest.param({2: 2, 5: 8}, "word " * 600, (0, 0), "editorial", id="whose tone on a page decides nothing"),
        pytest.param(
            {6: 1, 5: 1}, "word " * 200, (0, 1), "editorial", id="as loud, where nothing sells and something informs"
        ),
        pytest.param({1: 1}, "word " * 600, (0, 2), "commercial", id="where something sells, as much as ever"),
        pytest.param({6: 2}, "word " * 60, (0, 0), "editorial", id="the tone of an excerpt"),
        pytest.param({6: 2}, "word " * 20, (0, 0), "commercial", id="a line has no tone"),
        pytest.param({6: 1}, "word " * 60, (0, 0), "commercial", id="too faint a tone"),
        pytest.param({6: 2}, "word " * 600, (0, 0), "commercial", id="a long page shows more than a tone"),
        pytest.param({6: 2, 5: 2}, "word " * 60, (0, 0), "commercial", id="as loud as the other tone"),
        pytest.param({6: 3, 5: 2}, "word " * 60, (0, 0), "editorial", id="louder than the other tone"),
        pytest.param({6: 3}, "!" + "word " * 60, (0, 0), "editorial", id="a tone where next to nothing sells"),
        pytest.param({6: 3, 1: 2}, "word " * 60, (0, 0), "commercial", id="no tone outdoes a price twice"),
        pytest.param({6: 3}, "word " * 60, (1, 0), "commercial", id="nor a link to a shop"),
    ],
)
def test_weighing(counts, text, links, context):
    def count(phrases, _most):
        return sum(counts.get(number, 0) for number in phrases)

    found, reason = infer_context(SIGNS, count, text, *links)
    assert found == context
    assert reason.startswith(f"{context}: ")


@pytest.mark.parametrize(
    ("counts", "titled", "product"),
    [
        pytest.param({3: 2}, {}, "food", id="the only one"),
        pytest.param({3: 2, 4: 1}, {}, "food", id="the first of equals"),
        pytest.param({3: 2, 4: 2}, {}, "device", id="the heavier"),
        pytest.param({3: 3, 4: 2}, {3: 1}, "food", id="the title counts thrice"),
        pytest.param({3: 99, 4: 3}, {}, "device", id="up to its most"),
        pytest.param({}, {}, "", id="none"),
    ],
)
def test_weighing_products(counts, titled, product):
    found, _ = infer_product(
        SIGNS,
        lambda phrases, _most: sum(counts.get(n, 0) for n in phrases),
        lambda phrases: sum(titled.get(n, 0) for n in phrases),
    )
    assert found == product
