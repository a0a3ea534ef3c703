package io.headwaiter.gateway.setup;

import io.headwaiter.schemas.MessageJson;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A restaurant's rules in the database, within a transaction that names the restaurant. Lists go in as the JSON that they came as. */
record StoredRules(JdbcClient jdbc, long restaurantId) {

    Settings settings() {
        return jdbc.sql("select * from restaurants where id = :restaurant")
                .param("restaurant", restaurantId)
                .query((row, number) -> settings(row))
                .single();
    }

    private static Settings settings(ResultSet row) throws SQLException {
        Array policy = row.getArray("assignment_policy");
        return new Settings(
                row.getString("name"),
                row.getString("time_zone"),
                row.getLong("slot_step_minutes"),
                row.getLong("buffer_minutes"),
                row.getLong("notice_minutes"),
                row.getLong("horizon_days"),
                row.getLong("cancellation_deadline_minutes"),
                row.getLong("turn_minutes"),
                List.of((String[]) policy.getArray()));
    }

    /** What is null in these stays as it is. */
    void change(Settings settings) {
        List<String> policy = settings.assignmentPolicy();
        jdbc.sql(
                        """
                        update restaurants set
                          name = coalesce(:name, name),
                          time_zone = coalesce(:time_zone, time_zone),
                          slot_step_minutes = coalesce(cast(:slot_step as bigint), slot_step_minutes),
                          buffer_minutes = coalesce(cast(:buffer as bigint), buffer_minutes),
                          notice_minutes = coalesce(cast(:notice as bigint), notice_minutes),
                          horizon_days = coalesce(cast(:horizon as bigint), horizon_days),
                          cancellation_deadline_minutes = coalesce(cast(:deadline as bigint), cancellation_deadline_minutes),
                          turn_minutes = coalesce(cast(:turn as bigint), turn_minutes),
                          assignment_policy = coalesce(cast(:policy as text[]), assignment_policy)
                        where id = :restaurant
                        """)
                .param("restaurant", restaurantId)
                .param("name", settings.name())
                .param("time_zone", settings.timeZone())
                .param("slot_step", settings.slotStepMinutes())
                .param("buffer", settings.bufferMinutes())
                .param("notice", settings.noticeMinutes())
                .param("horizon", settings.horizonDays())
                .param("deadline", settings.cancellationDeadlineMinutes())
                .param("turn", settings.turnMinutes())
                .param("policy", policy == null ? null : policy.toArray(String[]::new))
                .update();
    }

    TurnTimes turnTimes() {
        return new TurnTimes(jdbc.sql(
                        "select party_up_to, minutes from turn_times where restaurant_id = :restaurant order by party_up_to")
                .param("restaurant", restaurantId)
                .query((row, number) -> new TurnTimes.Row(row.getLong(1), row.getLong(2)))
                .list());
    }

    void replace(TurnTimes turnTimes) {
        deleteAll("turn_times");
        insert(
                """
                insert into turn_times (restaurant_id, party_up_to, minutes)
                select :restaurant, party_up_to, minutes
                from jsonb_to_recordset(cast(:rows as jsonb)) as t(party_up_to smallint, minutes smallint)
                """,
                turnTimes.turnTimes());
    }

    Week week() {
        return new Week(jdbc.sql(
                        """
                        select weekday, to_char(opens, 'HH24:MI'), to_char(closes, 'HH24:MI') from opening_hours
                        where restaurant_id = :restaurant order by weekday, opens
                        """)
                .param("restaurant", restaurantId)
                .query((row, number) -> new Week.Period(row.getLong(1), row.getString(2), row.getString(3)))
                .list());
    }

    void replace(Week week) {
        deleteAll("opening_hours");
        insert(
                """
                insert into opening_hours (restaurant_id, weekday, opens, closes)
                select :restaurant, weekday, opens, closes
                from jsonb_to_recordset(cast(:rows as jsonb)) as t(weekday smallint, opens time, closes time)
                """,
                week.openingHours());
    }

    SpecialDays specialDays() {
        return new SpecialDays(jdbc.sql(
                        """
                        select jsonb_build_object('day', day, 'note', note, 'hours', (
                          select coalesce(jsonb_agg(jsonb_build_object(
                            'opens', to_char(opens, 'HH24:MI'), 'closes', to_char(closes, 'HH24:MI')) order by opens), '[]')
                          from special_hours h where h.restaurant_id = d.restaurant_id and h.day = d.day))
                        from special_days d where restaurant_id = :restaurant order by day
                        """)
                .param("restaurant", restaurantId)
                .query((row, number) -> MessageJson.mapper().readValue(row.getString(1), SpecialDay.class))
                .list());
    }

    void add(SpecialDays specialDays) {
        insert(
                """
                insert into special_days (restaurant_id, day, note)
                select :restaurant, day, note from jsonb_to_recordset(cast(:rows as jsonb)) as t(day date, note text)
                """,
                specialDays.specialDays());
        insert(
                """
                insert into special_hours (restaurant_id, day, opens, closes)
                select :restaurant, day, opens, closes
                from jsonb_to_recordset(cast(:rows as jsonb)) as t(day date, hours jsonb),
                     jsonb_to_recordset(t.hours) as h(opens time, closes time)
                """,
                specialDays.specialDays());
    }

    long countOfSpecialDays() {
        return jdbc.sql("select count(*) from special_days where restaurant_id = :restaurant")
                .param("restaurant", restaurantId)
                .query(Long.class)
                .single();
    }

    /** Whether there was one. Its hours go with it. */
    boolean deleteSpecialDay(LocalDate day) {
        return jdbc.sql("delete from special_days where restaurant_id = :restaurant and day = :day")
                        .param("restaurant", restaurantId)
                        .param("day", day)
                        .update()
                > 0;
    }

    private void deleteAll(String table) {
        jdbc.sql("delete from " + table + " where restaurant_id = :restaurant")
                .param("restaurant", restaurantId)
                .update();
    }

    private void insert(String statement, List<?> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(statement)
                    .param("restaurant", restaurantId)
                    .param("rows", new String(MessageJson.write(rows), StandardCharsets.UTF_8))
                    .update();
        }
    }
}
