package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.problems.Problem;
import org.springframework.http.HttpStatus;

/** What can be wrong with webhook endpoints and deliveries besides their values. */
final class HookProblems {

    private HookProblems() {}

    static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "webhook_endpoint_not_found", "There is no such webhook endpoint.");
    }

    static Problem deliveryNotFound() {
        return Problem.of(
                HttpStatus.NOT_FOUND, "webhook_delivery_not_found", "The webhook endpoint has no such delivery.");
    }

    static Problem tooMany() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "webhook_endpoints_too_many",
                "The partner has " + StoredHooks.MOST + " webhook endpoints already.");
    }

    static Problem replayUnderWay() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "webhook_replay_under_way",
                "The webhook endpoint is being told again already; replaying_since says since when.");
    }

    static Problem disabled() {
        return Problem.of(
                HttpStatus.CONFLICT,
                "webhook_endpoint_disabled",
                "The webhook endpoint is disabled, and gets nothing before it is enabled again.");
    }
}
