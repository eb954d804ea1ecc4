# Two images from one file:
#   docker build -t cita .                          answers; has no PyTorch and no compiler
#   docker build -t cita-build --target build .     builds indexes: run it with your reports in /cita/corpus
# docs/operations.md, "In containers", has the commands; compose.yaml has them together.

FROM python:3.11-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# PyTorch for CPUs. The default package index has only builds with several gigabytes of CUDA.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 HOME=/tmp CITA_INDEX=/index CITA_STATE=/state PATH=/opt/cita/bin:$PATH
WORKDIR /cita
COPY pyproject.toml requirements.lock ./
RUN python -m venv /opt/cita \
    && sed -n '/^pip==/,/[^\\]$/p' requirements.lock | pip install --require-hashes -r /dev/stdin \
    && pip install --extra-index-url "$TORCH_INDEX" --no-deps "$(grep '^torch==' requirements.lock)" \
    && pip install --group build --constraint requirements.lock \
    && useradd --system --uid 10001 --no-create-home cita \
    && install -d -o cita /index /state
COPY indexer indexer
COPY --chown=cita corpus corpus
USER 10001
RUN python -m indexer build --quiet
CMD ["python", "-m", "indexer", "build"]

FROM python:3.11-slim AS serve
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1 \
    CITA_INDEX=/index CITA_STATE=/state CITA_HOST=0.0.0.0 PATH=/opt/cita/bin:$PATH
WORKDIR /cita
COPY pyproject.toml requirements.lock ./
RUN python -m venv /opt/cita \
    && sed -n '/^pip==/,/[^\\]$/p' requirements.lock | pip install --require-hashes -r /dev/stdin \
    && pip install --group serve --group traces --constraint requirements.lock \
    && useradd --system --uid 10001 --no-create-home cita \
    && apt-get update \
    && apt-get install -y --no-install-recommends apertium apertium-eng-spa apertium-es-pt \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o cita /state
COPY indexer indexer
COPY service service
COPY prompts prompts
# What runs may not write bytecode. pip compiled the packages; nobody did Python's own library, nor our code.
RUN python -m compileall -q indexer service \
    && PYTHONDONTWRITEBYTECODE= python -c "import onnxruntime, uvicorn, service.interfaces.app"
COPY corpus corpus
COPY --from=build --chown=cita /index /index
USER 10001
VOLUME ["/state"]
EXPOSE 8000
STOPSIGNAL SIGTERM
# Ready, not just alive: 503 while no index is loaded.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["python", "-m", "service", "serve"]
