# The site as production runs it. Uploads go to the volume /var/lib/openmuseums/media; the database is elsewhere.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --create-home --uid 10001 openmuseums \
    && mkdir -p /srv/openmuseums /var/lib/openmuseums/media \
    && chown openmuseums /srv/openmuseums /var/lib/openmuseums/media
WORKDIR /srv/openmuseums

# First what changes seldom: a new text does not install everything again.
COPY requirements.lock ./
RUN pip install --require-hashes --no-deps -r requirements.lock

COPY --chown=openmuseums . .
RUN pip install --no-build-isolation --no-deps -e .

USER openmuseums
ENV DJANGO_SETTINGS_MODULE=openmuseums.settings.production OPENMUSEUMS_MEDIA=/var/lib/openmuseums/media
# These two values are needed to start and go into nothing that is made here.
RUN export OPENMUSEUMS_SECRET_KEY=while-building OPENMUSEUMS_HOSTS=while.building \
    && python manage.py compile_catalogues && python manage.py collectstatic --noinput

# A name for this build: docker build --build-arg RELEASE=$(git rev-parse --short HEAD) .
ARG RELEASE=0.1.0
ENV OPENMUSEUMS_RELEASE=$RELEASE

VOLUME /var/lib/openmuseums/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "\
import os, urllib.request as u; \
u.urlopen(u.Request('http://127.0.0.1:8000/readyz', headers={'Host': os.environ['OPENMUSEUMS_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "openmuseums.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--access-logfile", "-"]
