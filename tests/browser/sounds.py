"""Sounds for players."""

import io
import wave


def sound_of(seconds):
    """Return the bytes of a silent sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(4000)
        sound.writeframes(b"\x80" * 4000 * seconds)
    return file.getvalue()
