"""Work on the desk of the demo: something to review, changes that readers do not see yet, a remark."""

from articles.models import Article
from articles.publishing import publish
from articles.remarking import remark
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import write
from newsroom.demo.moments import Clock
from newsroom.demo.people import People

IN_REVIEW = "secretariat-quatre-cabinets-racontent-leur-virage"
IN_HAND = "echographie-au-cabinet-trois-usages"
GRADED = "hypertension-relire-les-mesures-a-domicile"


def load_desk(clock: Clock, people: People, known: dict[str, Article]) -> None:
    """Leave the desk as an editor finds it on an ordinary morning. Called once, after the articles."""
    editor, chief = people["redaction"], people["chef"]
    draft = known[IN_REVIEW]
    move(draft, Act.SUBMIT, editor, priority="high", due_at=clock.ago(-6), assignee=chief)
    asked = f"@{editor.first_name} {editor.last_name}, l’accord de la secrétaire citée est-il arrivé ?"
    remark(draft, asked, chief, passage="L’accord de la secrétaire citée dans le dernier paragraphe.")
    write(known[IN_HAND], {"short_title": "L’échographie au cabinet"}, editor)
    graded = {
        "evidence_level": Article.EvidenceLevel.B,
        "evidence_note": "Études de cohorte concordantes ; peu d’essais en soins primaires.",
    }
    publish(write(known[GRADED], graded, chief), chief)
