package io.headwaiter.gateway.partners;

import io.headwaiter.gateway.problems.Problem;
import org.springframework.http.HttpStatus;

/** What can be wrong with partners and keys besides their values. */
final class PartnerProblems {

    private PartnerProblems() {}

    static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "partner_not_found", "There is no such partner.");
    }

    static Problem keyNotFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "api_key_not_found", "The partner has no such key.");
    }

    static Problem keyExpired() {
        return Problem.of(
                HttpStatus.CONFLICT, "api_key_expired", "The key opens nothing any more; make a new one instead.");
    }
}
