package io.headwaiter.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * No two parties share a table's time, whatever happened before. Looks at the plain columns of every restaurant, not at the
 * index that is to see to it.
 */
public record NoDoubleBooking(JdbcClient jdbc) {

    public void check() {
        assertThat(
                        query(
                                """
                        select a.restaurant_id, a.table_id, a.starts_at, a.ends_at, b.starts_at as other, b.ends_at as others_end
                        from table_occupancy a join table_occupancy b using (restaurant_id, table_id)
                        where a.ctid <> b.ctid and a.starts_at < b.ends_at and b.starts_at < a.ends_at
                        """))
                .as("table time that is taken twice")
                .isEmpty();
        assertThat(
                        query(
                                """
                        select r.restaurant_id, r.id, r.table_id, r.starts_at, count(o.table_id)
                        from reservations r left join table_occupancy o
                          on o.restaurant_id = r.restaurant_id and o.reservation_id = r.id and o.table_id = r.table_id
                         and o.starts_at = r.starts_at and o.ends_at >= r.ends_at
                        where r.status in ('confirmed', 'seated')
                        group by r.restaurant_id, r.id having count(o.table_id) <> 1
                        """))
                .as("reservations that do not hold their table's time, or hold it twice")
                .isEmpty();
        assertThat(
                        query(
                                """
                        select o.restaurant_id, o.table_id, o.starts_at, o.reservation_id
                        from table_occupancy o left join reservations r
                          on r.restaurant_id = o.restaurant_id and r.id = o.reservation_id and r.status in ('confirmed', 'seated')
                        where o.reservation_id is not null and r.id is null
                        """))
                .as("time that is held for no reservation")
                .isEmpty();
    }

    private List<Map<String, @Nullable Object>> query(String sql) {
        return jdbc.sql(sql).query().listOfRows();
    }
}
