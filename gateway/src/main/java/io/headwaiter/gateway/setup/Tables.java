package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Size;
import java.util.List;

/** All tables of a restaurant, without their ids. */
record Tables(@Size(max = MOST, message = "tables_too_many") List<@Valid TableDetails> tables) {

    static final int MOST = 500;
    static final String MEMBER = "tables";

    static Tables from(Members body) {
        return new Tables(body.objects(MEMBER).orElse(List.of()).stream()
                .map(TableDetails::from)
                .toList());
    }

    @AssertTrue(message = "table_name_repeated")
    boolean isEachNameOnce() {
        return Distinct.by(tables, TableDetails::name);
    }
}
