package dev.midge.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Publish;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repeated topics are not decoded again: which must be seen by nobody. */
class LastTopicTest {
  private static final String CONNECT = "100d 0004 4d515454 04 02 003c 0001 63";
  private final PacketDecoder decoder = new PacketDecoder(Side.BROKER);

  @BeforeEach
  void connect() throws MalformedPacketException {
    decoder.decode(bytes(CONNECT, false));
    assertThat(decoder.version()).isEqualTo(ProtocolVersion.V3_1_1);
  }

  private static ByteBuffer bytes(String hex, boolean direct) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    ByteBuffer buffer =
        direct ? ByteBuffer.allocateDirect(bytes.length) : ByteBuffer.allocate(bytes.length);
    return buffer.put(bytes).flip();
  }

  private String topic(ByteBuffer from) throws MalformedPacketException {
    return ((Publish) decoder.decode(from)).message().topic();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTopicIsWhatItsBytesSayWhateverCameBefore(boolean direct) throws Exception {
    ByteBuffer packets =
        bytes(
            "3005 0001 61 7878" // a
                + "3005 0001 61 7878" // again
                + "3005 0001 62 7878" // one as long
                + "3006 0002 6261 7878" // one that begins like it
                + "3005 0001 62 6161" // shorter again
                + "3005 0002 c3a9 78" // é
                + "3005 0002 c3a9 78"
                + "3004 0001 62 78",
            direct);
    String first = topic(packets);
    assertThat(first).isEqualTo("a");
    assertThat(topic(packets)).isSameAs(first);
    for (String each : new String[] {"b", "ba", "b", "é", "é", "b"}) {
      assertThat(topic(packets)).isEqualTo(each);
    }
    assertThat(packets.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3003 0001 23", "3003 0001 00", "3003 0002 61", "3004 0002 c328"})
  void whatIsNoTopicStaysNoneHoweverOften(String hex) throws Exception {
    topic(bytes("3003 0001 61", false));
    assertThatThrownBy(() -> decoder.decode(bytes(hex, false)))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> decoder.decode(bytes(hex, false)))
        .isInstanceOf(MalformedPacketException.class);
  }
}
