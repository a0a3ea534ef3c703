package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table but for its id.
 *
 * @param capacity the largest party it seats
 * @param priority among tables alike, the higher is given first
 * @param active one that is not is given to nobody
 */
record TableDetails(
        @Pattern(regexp = Texts.UP_TO_50, message = "table_name_length") String name,
        @Pattern(regexp = Texts.UP_TO_50, message = "table_area_length") @Nullable String area,
        long smallestParty,
        @NotNull(message = "table_seats_range") @Nullable Long capacity,
        @Min(value = -1_000_000, message = "table_priority_range")
                @Max(value = 1_000_000, message = "table_priority_range")
                long priority,
        boolean active) {

    private static final Set<String> MEMBERS =
            Set.of("name", "area", "smallest_party", "capacity", "priority", "active");
    private static final int LARGEST = 20;

    /** Of a new table: a name and a capacity are needed, and without a name it has one that it cannot have. */
    static TableDetails from(Members table) {
        return new TableDetails("", null, 1, null, 0, true).changedBy(table);
    }

    /** With what the body says in place of what is here. */
    TableDetails changedBy(Members table) {
        table.allowing(MEMBERS);
        return new TableDetails(
                table.has("name") ? table.requiredText("name") : name,
                table.has("area") ? table.text("area").orElse(null) : area,
                table.has("smallest_party") ? table.requiredWholeNumber("smallest_party") : smallestParty,
                table.has("capacity") ? Long.valueOf(table.requiredWholeNumber("capacity")) : capacity,
                table.has("priority") ? table.requiredWholeNumber("priority") : priority,
                table.has("active") ? table.requiredFlag("active") : active);
    }

    @AssertTrue(message = "table_seats_range")
    boolean isSeatingSomebody() {
        return capacity == null || (smallestParty >= 1 && smallestParty <= capacity && capacity <= LARGEST);
    }
}
