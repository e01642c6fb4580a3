python3 -m venv .healthlint-venv
.healthlint-venv/bin/pip install --quiet healthlint
.healthlint-venv/bin/healthlint check --output junit=healthlint-junit.xml .
