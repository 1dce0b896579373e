package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.cli.parse.RawArguments;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The behaviour of midge and that under mosquitto's names, side by side. */
class CompatibilityTest {
  private static final String PUB = "mosquitto_pub";
  private static final String SUB = "mosquitto_sub";

  @Test
  void midgeSpeaksMqtt5AndTheDropInNamesMqtt311() throws Exception {
    assertThat(DropIn.connect(null, "pub", "-t", "a", "-n").version())
        .isEqualTo(ProtocolVersion.V5);
    assertThat(DropIn.connect(null, "sub", "-t", "a").version()).isEqualTo(ProtocolVersion.V5);
    assertThat(DropIn.connect(PUB, "-t", "a", "-n").version()).isEqualTo(ProtocolVersion.V3_1_1);
    assertThat(DropIn.connect(SUB, "-t", "a").version()).isEqualTo(ProtocolVersion.V3_1_1);
  }

  @Test
  void connectOfMqtt5HasTheBytesOfTheContract() throws Exception {
    assertThat(DropIn.firstBytes(18, PUB, "-t", "a", "-n", "-V", "5"))
        .isEqualTo("101000044d5154540502003c032100140000");
    assertThat(DropIn.firstBytes(18, SUB, "-t", "a", "-V", "5", "-C", "3"))
        .isEqualTo("101000044d5154540502003c032100030000");
    assertThat(DropIn.firstBytes(14, PUB, "-t", "a", "-n"))
        .isEqualTo("100c00044d5154540402003c0000");
  }

  @ParameterizedTest
  @CsvSource({"7abc,7", "' 9',9", "+11,11", "12.9,12", "65535,65535"})
  void numbersAreReadLenientlyUnderTheDropInNames(String word, int number) throws Exception {
    assertThat(DropIn.connect(PUB, "-t", "a", "-n", "-k", word).keepAlive()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"-k,7abc", "-q,1abc", "-q,''", "-M,2x", "--repeat,2.0", "--repeat-delay,1s"})
  void numbersAreReadStrictlyByMidge(String option, String word) {
    MidgeRun run = MidgeRun.run("pub", "-t", "a", "-n", option, word);

    assertThat(run.errText()).startsWith("Error: ");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void midgeTakesBundlesAndEqualsSigns() throws Exception {
    Publish publish = DropIn.publish(null, "pub", "--topic=a", "-q1", "-rn");

    assertThat(publish.message().topic()).isEqualTo("a");
    assertThat(publish.message().retain()).isTrue();
    assertThat(publish.message().qos().level()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"--help", "-x", "-m", "--bogus", "a=b"})
  void theWordAfterAnOptionIsItsArgumentWhateverItLooksLike(String word) throws Exception {
    for (String called : new String[] {null, PUB}) {
      Object[] args =
          called == null
              ? new Object[] {"pub", "-t", "a", "-m", word}
              : new Object[] {"-t", "a", "-m", word};

      assertThat(DropIn.publish(called, args).message().payload()).asString().isEqualTo(word);
    }
  }

  @Test
  void aLaterVersionWinsOverWhatNeedsMqtt5AndTheOtherWayRound() throws Exception {
    Connect dropped = DropIn.connect(PUB, "-t", "a", "-n", "-x", "10", "-V", "311");
    Connect kept = DropIn.connect(PUB, "-t", "a", "-n", "-V", "311", "-x", "0x10");
    Connect property =
        DropIn.connect(PUB, "-t", "a", "-n", "-V", "31", "-D", "publish", "topic-alias", "1");

    assertThat(dropped.version()).isEqualTo(ProtocolVersion.V3_1_1);
    assertThat(dropped.properties().isEmpty()).isTrue();
    assertThat(kept.version()).isEqualTo(ProtocolVersion.V5);
    assertThat(kept.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0)).isEqualTo(16);
    assertThat(property.version()).isEqualTo(ProtocolVersion.V5);
  }

  @Test
  void laterWordsReplaceEarlierOnes() throws Exception {
    Publish publish =
        DropIn.publish(PUB, "-t", "a", "-n", "-t", "b", "-h", "nowhere.invalid", "-h", "localhost");

    assertThat(publish.message().topic()).isEqualTo("b");
  }

  @Test
  void aUrlReplacesWhatStoodBeforeAndIsReplacedByWhatComesAfter() throws Exception {
    String url = "MQTT://me:p%40w@localhost:PORT//a/b?c";
    Connect connect = DropIn.connect(PUB, "-u", "x", "-p", "1", "-L", url, "-n");
    Connect later = DropIn.connect(PUB, "-L", url, "-n", "-u", "later");
    Publish publish = DropIn.publish(PUB, "-L", url, "-n");

    assertThat(connect.username()).isEqualTo("me");
    assertThat(connect.password()).asString().isEqualTo("p%40w");
    assertThat(later.username()).isEqualTo("later");
    assertThat(publish.message().topic()).isEqualTo("/a/b?c");
  }

  @Test
  void payloadsPasswordsAndWillsKeepBytesThatAreNoText() throws Exception {
    byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xED, (byte) 0xA0, 0x7F};
    String word = RawArguments.decode(bytes, 0, bytes.length);

    Publish publish = DropIn.publish(PUB, "-t", "a", "-m", word);
    Connect connect =
        DropIn.connect(
            PUB,
            "-t",
            "a",
            "-n",
            "-u",
            "me",
            "-P",
            word,
            "--will-topic",
            "w",
            "--will-payload",
            word,
            "-D",
            "connect",
            "authentication-method",
            "m",
            "-D",
            "connect",
            "authentication-data",
            word);

    assertThat(publish.message().payload()).isEqualTo(bytes);
    assertThat(connect.password()).isEqualTo(bytes);
    assertThat(connect.will().message().payload()).isEqualTo(bytes);
    assertThat(connect.properties().bytes(Property.AUTHENTICATION_DATA)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "'',0x00",
    "-R,0x20",
    "--retain-as-published,0x08",
    "--retain-handling new,0x10",
    "-R --retain-handling always,0x00",
    "--retain-handling new -R,0x20",
    "--retain-as-published --retain-handling never,0x28",
  })
  void subscriptionsCarryTheOptionsOfMqtt5(String words, String options) throws Exception {
    for (String version : new String[] {"5", "311"}) {
      Subscribe subscribe = subscribe(("-V " + version + " -q 1 " + words).strip().split(" "));

      int expected = version.equals("5") ? Integer.decode(options) : 0;
      assertThat(subscribe.subscriptions().get(0).options()).isEqualTo(expected | 1);
    }
  }

  private static Subscribe subscribe(String... words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      Object[] args = DropIn.onPort(broker.port(), (Object[]) words);
      Object[] all = new Object[args.length + 2];
      all[0] = "-t";
      all[1] = "a";
      System.arraycopy(args, 0, all, 2, args.length);
      MidgeRun run = MidgeRun.startAs(SUB, Map.of(), all);
      broker.welcome();
      Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
      broker.hangUp();
      run.stop();
      return subscribe;
    }
  }

  @Test
  void midgeSaysMoreThanMosquitto() {
    Object[] words = {"-t", "a", "-m", "x", "-V", "311", "-P", "secret"};
    Object[] midge = {"pub", "-t", "a", "-m", "x", "-V", "311", "-P", "secret"};

    assertThat(MidgeRun.runAs(PUB, words).errText())
        .isEqualTo("Error: Problem setting username and/or password.\n");
    assertThat(MidgeRun.run(midge).errText())
        .startsWith("Error: Problem setting username and/or password: before MQTT 5")
        .endsWith("\nUse 'midge pub --help' to see usage.\n");
  }

  @Test
  void aShortWillDelayIsToldByMidgeOnly() throws Exception {
    Object[] words = {
      "-t", "a", "-n", "--will-topic", "w", "-D", "will", "will-delay-interval", "5", "-p", "1"
    };
    Object[] midge = new Object[words.length + 1];
    midge[0] = "pub";
    System.arraycopy(words, 0, midge, 1, words.length);

    assertThat(MidgeRun.runAs(PUB, words).errText()).doesNotContain("Warning");
    assertThat(MidgeRun.run(midge).errText()).contains("Warning: the will delay");
  }

  @Test
  void everyShortOptionOfMidgeHasALongNameToo() {
    for (String word : Commands.NAMES) {
      ProcessContext nobody =
          new ProcessContext(null, null, null, null, null, false, false, null, null);
      Commands.model(word, nobody)
          .options()
          .forEach(option -> assertThat(option.longestName()).as(word).startsWith("--"));
    }
  }
}
