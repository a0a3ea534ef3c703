package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.Fingerprint;

/** A booking's request, to be taken back: under its name, and with its payload. Another one under the name is another request. */
record Withdrawn(RequestName name, Fingerprint fingerprint) {

    static Withdrawn of(Placement placed) {
        return new Withdrawn(
                RequestName.of(placed.submitted), placed.submitted.message().fingerprint());
    }
}
