"""What a lesson is made of: one file per family of blocks, a template each in `templates/blocks/`.

A new block: its class with `icon`, `description` and `preview_value`, a template, a line in `body.LessonBody`. The name in
that line stands in every frozen lesson for ever: a block that authors should no longer use leaves the list of the editor
(`body.RETIRED`), never the class.
"""
