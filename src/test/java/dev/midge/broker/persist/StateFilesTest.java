package dev.midge.broker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.config.Limits;
import dev.midge.broker.persist.KeptRouter.KeptClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files as they are read: whole, cut, damaged, of another version, or of another program. */
class StateFilesTest {
  @TempDir Path directory;
  private Path file;
  private Path changes;
  private final List<String> told = new ArrayList<>();
  private int framesOfLog;

  private final PersistenceLog log =
      new PersistenceLog() {
        @Override
        public void saving(String name) {}

        @Override
        public void failed(String name, String why) {}

        @Override
        public void recovered(String name) {}

        @Override
        public void torn(String name, long bytes) {
          told.add("torn " + bytes);
        }

        @Override
        public void killed(int wills) {}

        @Override
        public void orphaned(String name) {
          told.add("orphaned");
        }
      };

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("state.db");
    changes = directory.resolve("state.db.log");
    writeTo(file);
  }

  /** A short life with a record of each kind: a snapshot, and one frame a packet since. */
  private void writeTo(Path to) throws IOException {
    KeptRouter router = new KeptRouter(Limits.DEFAULT).start();
    KeptClient kept = connect(router, "kept", 3600, new Will(message("w", Qos.AT_LEAST_ONCE)));
    subscribe(kept, "a/#", 5);
    KeptClient other = connect(router, "other", 60, null);
    other.send(new Publish(message("a/1", Qos.AT_LEAST_ONCE), false, 1));
    other.send(new Publish(message("a/r", Qos.EXACTLY_ONCE), false, 2));
    other.send(new Publish(retained("f/1", "first"), false, 6));
    other.send(new Publish(retained("f/2", "second"), false, 7));
    KeptClient fetcher = connect(router, "fetcher", 3600, null);
    subscribe(fetcher, "f/#", 0);
    router.snapshot();
    int before = router.frames.size();

    kept.send(Ack.of(PacketType.PUBACK, 1));
    other.send(Ack.of(PacketType.PUBREL, 2));
    kept.send(Ack.of(PacketType.PUBREC, 2));
    kept.drop();
    fetcher.send(Ack.of(PacketType.PUBACK, 1));
    fetcher.send(Ack.of(PacketType.PUBACK, 2));
    other.send(new Publish(message("a/2", Qos.AT_LEAST_ONCE), false, 3));
    other.send(new Publish(retained("r", "kept"), false, 4));
    other.send(new Publish(retained("r", ""), false, 5));
    subscribe(other, "$share/g/b", 0);
    other.send(new Unsubscribe(9, List.of("$share/g/b"), Properties.NONE));
    KeptClient third = connect(router, "third", 60, null);
    third.drop();
    connect(router, "third", 0, null);

    framesOfLog = router.frames.size() - before;
    try (StateFiles files = StateFiles.open(to)) {
      files.write(router.frames.subList(0, before));
      files.append(router.frames.subList(before, router.frames.size()));
      files.sync();
    }
  }

  private static KeptClient connect(KeptRouter router, String name, long expiry, Will will) {
    KeptClient client = router.open();
    Properties properties =
        Properties.builder()
            .add(Property.SESSION_EXPIRY_INTERVAL, expiry)
            .add(Property.RECEIVE_MAXIMUM, name.equals("fetcher") ? 1 : 20)
            .build();
    client.send(new Connect(ProtocolVersion.V5, true, 0, name, will, "user", null, properties));
    return client;
  }

  private static void subscribe(KeptClient client, String filter, int identifier) {
    Subscription subscription = new Subscription(filter, Qos.EXACTLY_ONCE, false, true, 1);
    Properties properties =
        identifier == 0
            ? Properties.NONE
            : Properties.of(Property.SUBSCRIPTION_IDENTIFIER, identifier);
    client.send(new Subscribe(8, List.of(subscription), properties));
  }

  private static Message message(String topic, Qos qos) {
    Properties properties =
        Properties.builder()
            .add(Property.MESSAGE_EXPIRY_INTERVAL, 1000)
            .userProperty("name", "value")
            .build();
    return new Message(topic, "payload".getBytes(), qos, false, properties);
  }

  private static Message retained(String topic, String payload) {
    return Message.of(topic, payload.getBytes(), Qos.AT_LEAST_ONCE, true);
  }

  /** Returns the calls that the files lead to, a line each. */
  private List<String> read() throws IOException {
    told.clear();
    KeptRouter clock = new KeptRouter(Limits.DEFAULT);
    DescribedState state = new DescribedState(clock.clock);
    try (StateFiles files = StateFiles.open(file)) {
      files.read(new RecordReader(state, clock.clock, name -> KeptRouter.LISTENER), log);
    }
    return state.lines;
  }

  @Test
  void wholeFilesAreReadToTheirEnd() throws IOException {
    List<String> lines = read();
    assertThat(told).isEmpty();
    assertThat(lines)
        .anyMatch(line -> line.contains("is kept/user/1883"))
        .anyMatch(line -> line.contains("finished 1"))
        .anyMatch(line -> line.contains("receipt ended 2"))
        .anyMatch(line -> line.contains("released 2"))
        .anyMatch(line -> line.contains("queued Message[a/2"))
        .anyMatch(line -> line.contains("fetches f/# up to 2 after f/1"))
        .anyMatch(line -> line.contains("fetches f/# up to 2 after f/2"))
        .anyMatch(line -> line.contains("fetched f/#"))
        .anyMatch(line -> line.contains("cleared r"))
        .anyMatch(line -> line.contains("unsubscribed $share/g/b"))
        .anyMatch(line -> line.contains("will gone of kept"));
  }

  @Test
  void aLogIsCutBehindItsLastWholeRecordWhereverItEnds() throws IOException {
    List<String> all = read();
    byte[] whole = Files.readAllBytes(changes);
    int atFrames = 0;
    int known = -1;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(changes, Arrays.copyOf(whole, length));
      List<String> lines = read();
      assertThat(lines).isEqualTo(all.subList(0, lines.size()));
      assertThat(lines.size()).isGreaterThanOrEqualTo(known);
      boolean atFrame = told.isEmpty() && length >= FileHeader.LENGTH;
      atFrames += atFrame ? 1 : 0;
      known = lines.size();
    }
    assertThat(known).isEqualTo(all.size());
    assertThat(atFrames).as("places where the log may end").isEqualTo(framesOfLog + 1);
  }

  @Test
  void aDamagedByteOfALogEndsTheStartUnlessItIsInTheLastRecord() throws IOException {
    List<String> all = read();
    byte[] whole = Files.readAllBytes(changes);
    int refused = 0;
    int cut = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(changes, damaged);
      try {
        List<String> lines = read();
        assertThat(told).as("byte " + at).hasSize(1);
        assertThat(lines).isEqualTo(all.subList(0, lines.size())).hasSizeLessThan(all.size());
        cut++;
      } catch (UnreadableStateException e) {
        assertThat(e).hasMessageContaining("state.db.log");
        assertThat(Files.readAllBytes(changes)).as("left alone").isEqualTo(damaged);
        refused++;
      }
    }
    assertThat(cut).isBetween(Frame.HEAD, 200);
    assertThat(refused).isEqualTo(whole.length - cut);
  }

  @Test
  void aSnapshotThatIsNotWholeIsRefusedAndLeftAlone() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x01;
      refuses(damaged);
      refuses(Arrays.copyOf(whole, i));
    }
    refuses(Arrays.copyOf(whole, whole.length + 1));
  }

  private void refuses(byte[] content) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(this::read)
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageStartingWith(file + " cannot be read: ")
        .hasMessageEndingWith("It is left alone; move it away to begin without it.");
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  void aFileOfAnotherProgramIsNamedSo() throws IOException {
    Files.write(file, "\0\u00b5\0mosquitto db and more of it".getBytes());
    assertThatThrownBy(this::read).hasMessageContaining("it was not written by midge");
  }

  @Test
  void aNewerFormatIsNamedSo() throws IOException {
    byte[] newer = Files.readAllBytes(file);
    byte[] header = new FileHeader(FileHeader.Kind.SNAPSHOT, 2, 1).bytes().array();
    System.arraycopy(header, 0, newer, 0, header.length);
    Files.write(file, newer);
    assertThatThrownBy(this::read)
        .hasMessageContaining("format 2, and this midge knows those up to 1");
  }

  @Test
  void theLogOfASnapshotBeforeIsNotRead() throws IOException {
    List<String> snapshotAlone;
    byte[] old = Files.readAllBytes(changes);
    Files.write(changes, new byte[0]);
    snapshotAlone = read();
    try (StateFiles files = StateFiles.open(file)) {
      KeptRouter clock = new KeptRouter(Limits.DEFAULT);
      RecordReader reader =
          new RecordReader(new DescribedState(clock.clock), clock.clock, name -> null);
      files.read(reader, log);
      KeptRouter empty = new KeptRouter(Limits.DEFAULT).start();
      files.write(empty.frames);
    }
    Files.write(changes, old); // as if the end had come before it was begun anew
    assertThat(read()).isEmpty();
    assertThat(snapshotAlone).isNotEmpty();
  }

  @Test
  void aSnapshotOlderThanItsLogIsRefused() throws IOException {
    byte[] old = Files.readAllBytes(file);
    try (StateFiles files = StateFiles.open(file)) {
      KeptRouter clock = new KeptRouter(Limits.DEFAULT);
      files.read(new RecordReader(new DescribedState(clock.clock), clock.clock, n -> null), log);
      KeptRouter router = new KeptRouter(Limits.DEFAULT).start();
      files.write(router.frames);
      connect(router, "new", 60, null);
      files.append(router.frames.subList(router.frames.size() - 1, router.frames.size()));
    }
    Files.write(file, old);
    assertThatThrownBy(this::read).hasMessageContaining("it is older than state.db.log");
  }

  @Test
  void aLogWithoutItsSnapshotIsLeftOutAndThisIsTold() throws IOException {
    Files.delete(file);
    assertThat(read()).isEmpty();
    assertThat(told).containsExactly("orphaned");
  }

  @Test
  void onlyOneBrokerHasTheFiles() throws IOException {
    try (StateFiles first = StateFiles.open(file)) {
      assertThat(first.snapshot()).isEqualTo(file);
      assertThatThrownBy(() -> StateFiles.open(file))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessageContaining("is in use by another broker");
    }
    StateFiles.open(file).close();
  }

  @Test
  void aDirectoryThatIsNotThereIsNamed() {
    Path nowhere = directory.resolve("nowhere/state.db");
    assertThatThrownBy(() -> StateFiles.open(nowhere))
        .hasMessageContaining("there is no directory " + nowhere.getParent());
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws IOException {
    for (Path each : List.of(file, changes)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-------");
    }
  }

  /** The files of format 1, as they were when it was made, are read by every later midge. */
  @Test
  void theFilesOfFormat1AreReadAndWrittenAsEver() throws IOException {
    List<String> now = read();
    byte[] snapshot = resource("format1.db");
    byte[] log = resource("format1.db.log");
    assertThat(Files.readAllBytes(file)).as("a new form needs a new number").isEqualTo(snapshot);
    assertThat(Files.readAllBytes(changes)).isEqualTo(log);
    Files.write(file, snapshot);
    Files.write(changes, log);
    assertThat(read()).isEqualTo(now);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = StateFilesTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
