package io.headwaiter.gateway.tenancy;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;

/** Which rule of the database a statement ran into: constraints are named after their rules. */
public final class ViolatedConstraint {

    private ViolatedConstraint() {}

    /** The constraint's name; empty when the server named none. */
    public static String of(DataIntegrityViolationException violation) {
        ServerErrorMessage told = violation.getMostSpecificCause() instanceof PSQLException refused
                ? refused.getServerErrorMessage()
                : null;
        String constraint = told == null ? null : told.getConstraint();
        return constraint == null ? "" : constraint;
    }
}
