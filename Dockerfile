# docker build -t cvgen .                        cvgen with fonts, through HTML and to Word
# docker build -t cvgen:tex --target tex .       the same with XeLaTeX and LuaLaTeX
# docker run --rm -v "$PWD:/cv" cvgen render profile.yaml
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[docx]"

FROM python:3.12-slim-bookworm AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fontconfig fonts-noto-cjk fonts-noto-core fonts-symbola \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "cvgen-toolkit[docx]" \
    && useradd --create-home --uid 1000 cv
WORKDIR /cv
ENTRYPOINT ["cvgen"]
CMD ["--help"]

FROM base AS tex
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        latexmk texlive-xetex texlive-luatex texlive-latex-recommended texlive-latex-extra \
        texlive-fonts-recommended lmodern tex-gyre \
    && rm -rf /var/lib/apt/lists/*
USER 1000

FROM base AS cvgen
USER 1000
