"""The JSON documents that several commands print; their shape is a promise to other programs."""

from typing import Any

from scoring.scorecard import Scorecard
from scoring.transcript import Transcript


def transcript_document(transcript: Transcript) -> dict[str, Any]:
    """Words with times in seconds (null when typed) and what made them."""
    return {
        "engine": transcript.engine,
        "model": transcript.model,
        "source": transcript.source,
        "rough": transcript.rough,
        "seconds": round(transcript.seconds, 2),
        "words": [
            {"text": w.text, "start": w.start, "end": w.end, "confidence": round(w.confidence, 3)}
            for w in transcript.words
        ],
    }


def reply_document(
    transcript: Transcript, card: Scorecard, *, scenario: str | None, turn: str | None
) -> dict[str, Any]:
    """One reply, judged; scenario and turn are null where only a prompt was given."""
    judged = card.as_json()
    return {
        "scenario": scenario,
        "turn": turn,
        "text": transcript.text,
        "transcript": transcript_document(transcript),
        "score": judged["score"],
        "criteria": judged["criteria"],
        "moves": judged["moves"],
        "delivery": judged["delivery"],
        "next_step": judged["next_step"],
        "flags": judged["flags"],
        "hashes": judged["hashes"],
    }
