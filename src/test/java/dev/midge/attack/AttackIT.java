package dev.midge.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short selection of the attackers in {@code src/attack}, at the packaged midge. */
class AttackIT {

  @Test
  void theShortSelectionIsWithstood() {
    Installed.require("python3");
    Program attack = Program.start(Path.of("src/attack/run").toAbsolutePath(), "--quick").await();

    assertThat(attack.status()).as(attack.outText() + attack.errText()).isZero();
    assertThat(attack.outText().lines()).hasSizeGreaterThan(5);
  }

  @Test
  void anUnknownAttackIsNamed() {
    Installed.require("python3");
    Program attack = Program.start(Path.of("src/attack/run").toAbsolutePath(), "nosuch").await();

    assertThat(attack.status()).isEqualTo(1);
    assertThat(attack.errText()).contains("unknown: nosuch");
  }
}
