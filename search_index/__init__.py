"""Finding things on the marketplace: analysis, queries, engines, suggestions and the service above them.

Start at :mod:`search_index.service`. Engines only match, count, filter and sort tokens; everything that
knows language, permission or presentation lives above them, so every engine gives the same answers.
"""
