package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand devices in one process, at Debian's mosquitto; and each command of the manual. */
@Timeout(240)
class FleetIT {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

  @Test
  void aThousandDevicesDieAndEachLeavesItsWill() throws Exception {
    try (Mosquitto mosquitto = Mosquitto.start();
        Program devices =
            Program.midge(
                "conn",
                "-p",
                mosquitto.port(),
                "--count",
                "1000",
                "--id-prefix",
                "dev-",
                "--will-topic",
                "wills/{id}",
                "--will-payload",
                "{client}",
                "--will-retain",
                "-W",
                "60",
                "--fault",
                "reset@after:5s")) {
      devices.awaitErr("Connected 1000 clients");
      String peak = memory(devices.pid());
      devices.await();

      assertThat(devices.status()).as(devices.errText()).isZero();
      assertThat(devices.errText())
          .contains("1000 clients: 1000 connected, 1000 ended by a fault.");
      Program wills =
          Program.midge(
                  "sub", "-p", mosquitto.port(), "-t", "wills/#", "-v", "-C", "1000", "-W", "60")
              .await();
      assertThat(wills.status()).as(wills.errText()).isZero();
      assertThat(wills.outText().lines())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 1000).mapToObj(n -> "wills/dev-" + n + " " + n).toList());
      Matcher kilobytes = PEAK.matcher(peak);
      assertThat(kilobytes.find()).as(peak).isTrue();
      assertThat(Integer.parseInt(kilobytes.group(1))).isLessThan(300_000);
    }
  }

  /** Returns the system's figures of a process; empty where it has none. */
  private static String memory(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/status"));
  }

  @Test
  void aThousandDevicesThatAreStoppedLeaveNoWill() {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      Program script =
          Program.shell(
                  """
                  midge conn -p PORT --count 1000 --id-prefix dev- --will-topic 'wills/{id}' \\
                    --will-payload gone --will-retain 2>told &
                  until grep -q '^Connected 1000 clients' told; do sleep 0.1; done
                  kill $!; wait $!; status=$?
                  midge sub -p PORT -t 'wills/#' -W 1; echo "$status $?"; cat told; rm told
                  """
                      .replace("PORT", "" + mosquitto.port())
                      .replace("told", "target/fleet-" + mosquitto.port()))
              .await();

      assertThat(script.outText())
          .startsWith("0 27\n")
          .contains("1000 clients: 1000 connected, 1000 ended by DISCONNECT.");
    }
  }

  @Test
  void theCommandsOfTheManualDoWhatItSays() {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      String port = "" + mosquitto.port();
      List<String> lines =
          List.of(
              "midge conn --count 5 --id-prefix dev- --will-topic 'dev/{id}/state'"
                  + " --will-payload 'device {client} is gone' --fault reset@after:1s",
              "midge conn --count 5 --id-prefix dev- --fault reset@random:0.2 --fault-seed 7"
                  + " --then reconnect:1s -W 3",
              "midge pub --clients 5 --id-prefix dev- -t 'dev/{id}/temperature' -m 21.5 --repeat 2",
              "seq 10 | midge pub --clients 5 --id-prefix dev- -t 'dev/{client}/n' -q 1 -l");
      for (String line : lines) {
        Program run = Program.shell("export MIDGE_PORT=" + port + "; " + line).await();
        assertThat(run.status()).as(line + run.errText()).isZero();
      }
    }
  }
}
