package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.RequestId;

/** What a decision is stored under. */
record RequestName(long restaurantId, RequestId id) {

    static RequestName of(Submitted submitted) {
        return new RequestName(submitted.restaurantId(), submitted.message().id());
    }
}
