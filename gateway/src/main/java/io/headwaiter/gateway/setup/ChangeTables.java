package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.setup.ChangeRules.Changed;
import io.headwaiter.gateway.setup.StoredTables.Table;
import io.headwaiter.gateway.tenancy.ViolatedConstraint;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds tables, changes them, and takes them away. */
@Component
class ChangeTables {

    private static final int MOST_NAMED = 200;

    private final ChangeRules rules;

    ChangeTables(ChangeRules rules) {
        this.rules = rules;
    }

    /** @throws RuntimeException 409 or 412 */
    Changed<Table> add(Admission admission, IfMatch ifMatch, TableDetails details) {
        return named(admission, ifMatch, jdbc -> {
            StoredTables tables = new StoredTables(jdbc, admission.restaurantId());
            long id = tables.add(List.of(details)).getFirst();
            if (tables.count() > Tables.MOST) {
                throw TableProblems.tooMany().asException();
            }
            return new Table(id, details);
        });
    }

    /**
     * @param change what is to become of the details that there are
     * @throws RuntimeException 404, 409, 412, and what {@code change} throws
     */
    Changed<Table> change(Admission admission, IfMatch ifMatch, long id, UnaryOperator<TableDetails> change) {
        return named(admission, ifMatch, jdbc -> {
            StoredTables tables = new StoredTables(jdbc, admission.restaurantId());
            TableDetails after = change.apply(find(tables, id).details());
            tables.change(id, after);
            return new Table(id, after);
        });
    }

    /**
     * The row stays, since the history names it. It goes before anybody looks for reservations: with the write comes the lock
     * that leaves none on its way.
     *
     * @throws RuntimeException 404, 409 or 412
     */
    Changed<Table> remove(Admission admission, IfMatch ifMatch, long id) {
        return rules.change(admission, ifMatch, jdbc -> {
            StoredTables tables = new StoredTables(jdbc, admission.restaurantId());
            Table table = find(tables, id);
            tables.remove(id);
            List<Long> coming = tables.comingReservations(id);
            if (!coming.isEmpty()) {
                throw TableProblems.hasReservations(
                                coming.subList(0, Math.min(MOST_NAMED, coming.size())), coming.size())
                        .asException();
            }
            return table;
        });
    }

    private static Table find(StoredTables tables, long id) {
        return tables.find(id).orElseThrow(() -> TableProblems.notFound().asException());
    }

    /** A change that may give a table a name that another has. */
    private Changed<Table> named(Admission admission, IfMatch ifMatch, Function<JdbcClient, Table> change) {
        try {
            return rules.change(admission, ifMatch, change);
        } catch (DataIntegrityViolationException violation) {
            if (ViolatedConstraint.of(violation).equals(TableProblems.NAME_TAKEN)) {
                throw TableProblems.nameTaken().asException();
            }
            throw violation;
        }
    }
}
