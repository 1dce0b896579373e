package dev.midge.view;

import static dev.midge.view.Payloads.hex;
import static dev.midge.view.Payloads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressedViewTest {
  @Property(tries = 200)
  void whatIsPackedIsUnpackedAgain(@ForAll byte[] payload, @ForAll CompressedView view)
      throws ViewException {
    assertThat(view.decode(view.encode(payload))).isEqualTo(payload);
  }

  @Test
  void dataOfOtherProgramsIsUnpacked() throws ViewException {
    // gzip -n, and zlib.compress of Python
    assertThat(
            CompressedView.GZIP.decode(hex("1f8b0800000000000003cb48cdc9c9070086a6103605000000")))
        .isEqualTo(text("hello"));
    assertThat(CompressedView.ZLIB.decode(hex("789ccb48cdc9c907 00062c0215")))
        .isEqualTo(text("hello"));
  }

  @ParameterizedTest
  @EnumSource
  void otherDataIsRefused(CompressedView view) {
    assertThatThrownBy(() -> view.decode(text("hello there")))
        .isInstanceOf(ViewException.class)
        .hasMessage("it is no " + view.name().toLowerCase(java.util.Locale.ROOT) + " data");
  }

  @ParameterizedTest
  @EnumSource
  void cutOffDataIsRefused(CompressedView view) {
    byte[] whole = view.encode(text("hello"));
    assertThatThrownBy(() -> view.decode(Arrays.copyOf(whole, whole.length - 6)))
        .isInstanceOf(ViewException.class)
        .hasMessageEndingWith("data is cut off");
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      for (int i = 0; i <= PayloadView.MOST_BYTES / zeros.length; i++) {
        out.write(zeros);
      }
    }

    assertThatThrownBy(() -> CompressedView.GZIP.decode(bomb.toByteArray()))
        .isInstanceOf(ViewException.class)
        .hasMessage("it has more than 67108864 bytes when it is unpacked");
  }

  @Test
  void asMuchAsIsAllowedIsUnpacked() throws ViewException {
    byte[] most = new byte[PayloadView.MOST_BYTES];

    assertThat(CompressedView.ZLIB.decode(CompressedView.ZLIB.encode(most))).isEqualTo(most);
  }
}
