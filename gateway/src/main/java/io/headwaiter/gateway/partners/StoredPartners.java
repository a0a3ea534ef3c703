package io.headwaiter.gateway.partners;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Partners in the database. They are no restaurant's, so no transaction needs to name one. */
@Component
class StoredPartners {

    private final JdbcClient jdbc;

    StoredPartners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Partner> list(long after, int limit) {
        return jdbc.sql("select id, name, created_at from partners where id > :after order by id limit :limit")
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> partner(row))
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from partners").query(Long.class).single();
    }

    Optional<Partner> find(long id) {
        return jdbc.sql("select id, name, created_at from partners where id = :id")
                .param("id", id)
                .query((row, number) -> partner(row))
                .optional();
    }

    Partner add(PartnerName name) {
        return jdbc.sql("insert into partners (name) values (:name) returning id, name, created_at")
                .param("name", name.name())
                .query((row, number) -> partner(row))
                .single();
    }

    /** The partner as it is then; empty when there is none. */
    Optional<Partner> rename(long id, PartnerName name) {
        return jdbc.sql("update partners set name = :name where id = :id returning id, name, created_at")
                .param("id", id)
                .param("name", name.name())
                .query((row, number) -> partner(row))
                .optional();
    }

    private static Partner partner(ResultSet row) throws SQLException {
        return new Partner(
                row.getLong("id"),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
