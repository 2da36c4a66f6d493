"""Crawlers that gather texts for language models, by the names under which they ask for robots.txt."""

from typing import Final

FOR_LANGUAGE_MODELS: Final = (
    *("GPTBot", "ClaudeBot", "anthropic-ai", "CCBot", "Google-Extended", "Applebot-Extended", "Bytespider"),
    *("Meta-ExternalAgent", "FacebookBot", "Amazonbot", "cohere-ai", "cohere-training-data-crawler", "Diffbot"),
    *("ImagesiftBot", "Omgilibot", "PetalBot", "AI2Bot", "Timpibot", "Webzio-Extended", "YouBot"),
)
