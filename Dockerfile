# docker build -t healthlint .
# docker run --rm -v "$PWD:/site:ro" healthlint
FROM python:3.13-slim AS build
COPY LICENSE README.md hatch_build.py pyproject.toml /healthlint/
COPY rules /healthlint/rules
COPY src /healthlint/src
RUN python -m venv /opt/healthlint \
    && /opt/healthlint/bin/pip install --no-cache-dir --disable-pip-version-check /healthlint \
    && /opt/healthlint/bin/pip uninstall --yes pip

FROM python:3.13-slim
# Git tells what changed and what was renamed; the mounted folder belongs to somebody else than the user below.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*'
COPY --from=build /opt/healthlint /opt/healthlint
ENV PATH=/opt/healthlint/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /site
ENTRYPOINT ["healthlint"]
CMD ["check", "."]
