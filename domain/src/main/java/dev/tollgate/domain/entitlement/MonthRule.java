package dev.tollgate.domain.entitlement;

/** Whether a month is the calendar's or runs from anniversary to anniversary. */
public enum MonthRule {
    CALENDAR,
    ANNIVERSARY
}
