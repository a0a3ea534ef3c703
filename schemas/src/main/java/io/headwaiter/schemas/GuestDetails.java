package io.headwaiter.schemas;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A guest as the caller describes them. The database holds the same rules as constraints on {@code clients}.
 *
 * @param name 2 to 100 characters
 * @param email unique within a restaurant, whatever its case
 * @param phone like E.164, with the separators people write
 */
public record GuestDetails(
        @NotNull(message = "client_name_invalid")
                @Pattern(regexp = Text.NAME, message = "client_name_invalid")
                @Nullable
                String name,
        @NotNull(message = "client_email_invalid")
                @Pattern(regexp = Text.EMAIL, message = "client_email_invalid")
                @Nullable
                String email,
        @Pattern(regexp = Text.PHONE, message = "client_phone_invalid") @Nullable String phone) {}
