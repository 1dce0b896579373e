package dev.midge.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Looks whether the clock can be right: it is not earlier than midge itself. */
final class ClockCheck implements Check {
  private static final Duration DAY = Duration.ofDays(1);

  private final Clock clock;
  private final @Nullable Path jar;

  ClockCheck(Clock clock, @Nullable Path jar) {
    this.clock = clock;
    this.jar = jar;
  }

  @Override
  public Diagnosis look() throws IOException {
    Instant now = clock.instant();
    Instant built = jar == null ? Instant.EPOCH : Files.getLastModifiedTime(jar).toInstant();
    return now.isBefore(built.minus(DAY))
        ? Diagnosis.wrong(
            date(now) + ", but this midge is of " + date(built) + ": certificates seem invalid",
            "set the clock, as by timedatectl set-ntp true")
        : Diagnosis.ok(date(now).toString());
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
