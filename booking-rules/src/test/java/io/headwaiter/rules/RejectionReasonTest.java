package io.headwaiter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectionReasonTest {

    /** Published: a code may be added, at its place in the order of precedence, and none ever changed. */
    @Test
    void the_codes_stand_in_their_published_order() {
        assertThat(RejectionReason.values())
                .extracting(RejectionReason::code)
                .containsExactly(
                        "restaurant_unknown",
                        "reservation_not_found",
                        "block_not_found",
                        "nothing_to_withdraw",
                        "version_mismatch",
                        "status_conflict",
                        "deadline_passed",
                        "party_size",
                        "in_the_past",
                        "too_soon",
                        "beyond_horizon",
                        "closed",
                        "off_slot_grid",
                        "table_unknown",
                        "table_too_small",
                        "table_too_large",
                        "client_unknown",
                        "table_taken",
                        "no_table_available",
                        "idempotency_key_reused",
                        "internal_error");
    }

    @Test
    void every_reason_is_one_sentence() {
        assertThat(RejectionReason.values())
                .extracting(RejectionReason::sentence)
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.matches("[A-Z][^.]+\\."));
    }
}
