package dev.midge.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a terminal that leaves all of them to the program. */
class HiddenLineTest {
  private final HiddenLine line = new HiddenLine();

  /**
   * @param keys a control character as ^ and its letter
   */
  private int type(String keys) throws IOException {
    StringBuilder typed = new StringBuilder();
    for (int i = 0; i < keys.length(); i++) {
      typed.append(keys.charAt(i) == '^' ? (char) (keys.charAt(++i) ^ 64) : keys.charAt(i));
    }
    byte[] bytes = typed.toString().getBytes(StandardCharsets.UTF_8);
    return line.read(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret^J",
        "secret^M",
        "secrex^?t^J",
        "secrex^Ht^J",
        "^?secret^J",
        "secr\u00e4^?et^J",
        "secr\u20ac^?et^J",
        "other^Usecret^J",
        "sec^Dret^J"
      })
  void theLineIsWhatIsLeftOfIt(String keys) throws IOException {
    assertThat(type(keys)).isIn((int) '\n', (int) '\r');
    assertThat(line.text()).isEqualTo("secret");
  }

  @Test
  void itsBytesStay() throws IOException {
    type("p\u00e4\u20ac^J");

    assertThat(line.text()).isEqualTo("p\u00e4\u20ac");
  }

  @ParameterizedTest
  @ValueSource(ints = {ControlKeys.INTERRUPT, ControlKeys.QUIT, ControlKeys.SUSPEND})
  void aKeyForASignalEndsItAndWhatWasTypedIsForgotten(int key) throws IOException {
    assertThat(type("sec" + (char) key)).isEqualTo(key);
    assertThat(ControlKeys.signal(key)).isNotNull();
    type("secret^J");

    assertThat(line.text()).isEqualTo("secret");
  }

  @Test
  void theEndOfAllInputIsNoLine() throws IOException {
    assertThat(type("")).isEqualTo(-1);
    assertThat(type("secret")).isEqualTo(-1);
    assertThat(type("^D")).as("Ctrl-D").isEqualTo(-1);
  }
}
