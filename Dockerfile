# Two stages: dependencies are built where a compiler may be needed, and run where none is.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY pyproject.toml constraints.txt README.md ./
COPY bot bot
COPY content content
COPY scheduler scheduler
RUN /venv/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres]'

FROM python:3.13-slim-bookworm
# libfribidi0 shapes right-to-left text in pictures; tzdata keeps the system's own clock right (the
# coach itself reads the pinned tzdata package).
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libfribidi0 tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 coach \
 && install --directory --owner coach --mode 0700 /app/var
COPY --from=build /venv /venv
WORKDIR /app
USER coach
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 COACH_WEB_HOST=0.0.0.0 COACH_LOG=json
VOLUME /app/var
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('COACH_WEB_PORT', '8080') + '/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot"]
