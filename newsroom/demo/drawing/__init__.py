"""The illustrations of the demo newsroom, drawn by the project itself with Pillow.

`python -m newsroom.demo.drawing FOLDER` draws them all again, always the same; `content/img` keeps them.
"""
