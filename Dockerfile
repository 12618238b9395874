# The harness with everything it needs but the product. How to run it: docs/ci.md.
FROM python:3.11-slim-trixie AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /venv && /venv/bin/pip install --quiet --require-hashes -r requirements.lock
COPY harness harness
COPY features features
COPY certs certs
COPY fixtures fixtures
RUN /venv/bin/pip install --quiet --no-deps --no-build-isolation .

FROM python:3.11-slim-trixie
# Node for `ocpp-harness report`, tshark for `ocpp-harness check-log` of captures.
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm tshark && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home tester && mkdir /evidence && chown tester /evidence
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH
USER tester
WORKDIR /sut
VOLUME /evidence
ENTRYPOINT ["/venv/bin/ocpp-harness"]
CMD ["--help"]
