package dev.midge.view.proto;

import static dev.midge.view.Payloads.hex;
import static dev.midge.view.Payloads.text;
import static dev.midge.view.Payloads.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.midge.view.PayloadView;
import dev.midge.view.ViewException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufViewTest {
  private static final String ALL =
      """
      syntax = "proto3";
      package demo;
      import "google/protobuf/timestamp.proto";
      import "google/protobuf/duration.proto";
      import "google/protobuf/wrappers.proto";
      import "google/protobuf/struct.proto";
      option java_package = "demo";
      /* A message
         with all kinds of fields. */
      message All {
        reserved 100, 200 to 300;
        int32 a = 1;  // of the guide
        string b = 2;
        Inner c = 3;
        repeated int32 e = 6;
        sint32 zigzag = 7;
        uint64 big_number = 8 [json_name = "bigOne"];
        fixed32 fixed = 9;
        double ratio = 10;
        float single = 11;
        bool ok = 12;
        bytes raw = 13;
        Colour colour = 14;
        map<string, int32> counts = 15;
        oneof choice { string left = 16; Inner right = 17; }
        optional int32 maybe = 18;
        google.protobuf.Timestamp at = 19;
        google.protobuf.Duration lasts = 20;
        google.protobuf.StringValue boxed = 21;
        google.protobuf.Struct free = 22;
        repeated .demo.All.Inner list = 23 [deprecated = true, (custom).x = {y: 1}];
        enum Colour { option allow_alias = true; RED = 0; GREEN = 1 [deprecated = true]; VERT = 1; }
        message Inner { int32 a = 1; }
      }
      service Skipped { rpc Call (All) returns (All) { option (x) = {a: 1}; } }
      """;

  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private PayloadView decoder(String text) throws IOException, ProtoException {
    return ProtobufView.decoder(file("all.proto", text).toString(), "All");
  }

  private PayloadView encoder(String text) throws IOException, ProtoException {
    return ProtobufView.encoder(file("all.proto", text).toString(), "demo.All");
  }

  // The first ones are those of the protobuf documentation on encoding.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "089601|{\"a\":150}",
        "120774657374696e67|{\"b\":\"testing\"}",
        "1a03089601|{\"c\":{\"a\":150}}",
        "3206038e029ea705|{\"e\":[3,270,86942]}",
        "3801|{\"zigzag\":-1}",
        "40ffffffffffffffffff01|{\"bigOne\":\"18446744073709551615\"}",
        "4dffffffff|{\"fixed\":4294967295}",
        "51000000000000f03f|{\"ratio\":1.0}",
        "5dcdcccc3d|{\"single\":0.1}",
        "51000000000000f87f|{\"ratio\":\"NaN\"}",
        "6001|{\"ok\":true}",
        "6a0300ff10|{\"raw\":\"AP8Q\"}",
        "7001|{\"colour\":\"GREEN\"}",
        "7007|{\"colour\":7}",
        "7a050a01781005|{\"counts\":{\"x\":5}}",
        "82010161|{\"left\":\"a\"}",
        "900100|{\"maybe\":0}",
        "9a010608b0cfadc205|{\"at\":\"2016-12-10T02:25:52Z\"}",
        "a20108080110 80cab5ee01|{\"lasts\":\"1.5s\"}",
        "aa01030a0168|{\"boxed\":\"h\"}",
        "b201070a050a016b1200|{\"free\":{\"k\":null}}",
        "ba0102080a ba0100|{\"list\":[{\"a\":10},{}]}",
        "``|{}",
      })
  void eachKindOfFieldIsDecodedAndEncodedAgain(String bytes, String json) throws Exception {
    byte[] payload = hex(bytes);
    PayloadView decoder = decoder(ALL);

    assertThat(through(decoder, payload)).isEqualTo(json);
    assertThat(through(decoder, encoder(ALL).of(text(json)))).isEqualTo(json);
  }

  @Test
  void repeatedNumbersNeedNotBePacked() throws Exception {
    assertThat(through(decoder(ALL), hex("3001 3002"))).isEqualTo("{\"e\":[1,2]}");
  }

  @Test
  void fieldsOfAnotherTypeAreShownByTheirNumbers() throws Exception {
    assertThat(through(decoder(ALL), hex("e83e07 f23e0168")))
        .isEqualTo("{\"1005\":[7],\"1006\":[\"aA==\"]}");
  }

  @Test
  void fieldsMayHaveTheirOwnNamesInJson() throws Exception {
    assertThat(encoder(ALL).of(text("{\"big_number\":1}"))).isEqualTo(hex("4001"));
  }

  @Test
  void proto2HasDefaultsGroupsExtensionsAndRequiredFields() throws Exception {
    String two =
        """
        syntax = "proto2";
        message All {
          required int32 must = 1;
          optional string word = 2 [default = "x;y", deprecated = false];
          repeated group Part = 3 { optional int32 n = 4; }
          repeated int32 packed = 5 [packed = true];
          extensions 100 to max;
        }
        extend All { optional int32 more = 100; }
        """;
    PayloadView decoder = decoder(two);

    assertThat(through(decoder, hex("0801 1b20051c 2a020102 a00607")))
        .isEqualTo("{\"must\":1,\"part\":[{\"n\":5}],\"packed\":[1,2],\"100\":[7]}");
    assertThat(through(decoder, hex("120161"))).isEqualTo("{\"word\":\"a\"}");
    assertThatThrownBy(
            () ->
                ProtobufView.encoder(directory.resolve("all.proto").toString(), "All")
                    .of(text("{}")))
        .hasMessage("required fields are missing: must");
  }

  @Test
  void importsAreFoundBesideAndAboveTheFile() throws Exception {
    file(
        "common/unit.proto",
        "syntax = 'proto3'; package c; import \"beside.proto\"; message Unit { Beside b = 1; }");
    file(
        "common/beside.proto", "syntax = 'proto3'; package c; message Beside { string name = 1; }");
    Path main =
        file(
            "deep/er/main.proto",
            "syntax = \"proto3\"; import public \"common/unit.proto\"; message Main { c.Unit unit = 1; }");

    PayloadView decoder = ProtobufView.decoder(main.toString(), "Main");

    assertThat(through(decoder, hex("0a050a030a0161")))
        .isEqualTo("{\"unit\":{\"b\":{\"name\":\"a\"}}}");
  }

  @Test
  void aDescriptorSetDoesAsWell() throws Exception {
    FileDescriptorSet set =
        FileDescriptorSet.newBuilder()
            .addFile(
                ProtoParser.parse(
                    "a.proto", "syntax='proto3'; import 'b.proto'; message A { B b = 1; }"))
            .addFile(ProtoParser.parse("b.proto", "syntax='proto3'; message B { int32 n = 1; }"))
            .build();
    Path file = directory.resolve("types.desc");
    Files.write(file, set.toByteArray());

    assertThat(through(ProtobufView.decoder(file.toString(), "A"), hex("0a020805")))
        .isEqualTo("{\"b\":{\"n\":5}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "message All { int32 a = 1 }|x.proto, line 1: ';' expected, but found }",
        "message All {# int32 a = 1;|x.proto, line 2: a name expected, but the file ends",
        "message All { int32 a = b; }|x.proto, line 1: a number expected, but found b",
        "edition = \"2023\";|x.proto, line 1: editions are not read",
        "hello|x.proto, line 1: message or enum expected, but found hello",
        "import \"gone.proto\";|x.proto imports gone.proto, which is neither in its directory",
        "import \"x.proto\";|x.proto imports x.proto, which imports it in turn",
        "message All { Other o = 1; }|x.proto: \"Other\" is not defined",
        "message Some { }|NAME has no type All; it has Some",
        "message A { message All {} } message B { message All {} }|NAME has several types All; it has A, A.All, B, B.All",
      })
  void aFileThatCannotBeUsedIsToldWithItsLine(String text, String reason) throws Exception {
    Path file =
        file(
            "x.proto",
            "syntax = \"proto3\"; ".repeat(text.startsWith("e") ? 0 : 1) + text.replace('#', '\n'));

    assertThatThrownBy(() -> ProtobufView.decoder(file.toString(), "All"))
        .isInstanceOf(ProtoException.class)
        .message()
        .startsWith(reason.replace("NAME", file.toString()));
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    assertThatThrownBy(() -> ProtobufView.decoder("/no/such.proto", "A"))
        .hasMessage("cannot read /no/such.proto: No such file or directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"x\"}|/a: a whole number of 32 bits expected, but found \"x\"",
        "{\"a\":2147483648}|/a: a whole number of 32 bits expected, but found 2147483648",
        "{\"fixed\":-1}|/fixed: a whole number of 32 bits expected, but found -1",
        "{\"ok\":1}|/ok: true or false expected, but found 1",
        "{\"raw\":\"!\"}|/raw: base64 expected, but found \"!\"",
        "{\"colour\":\"BLUE\"}|/colour: a value of demo.All.Colour expected, but found \"BLUE\"",
        "{\"c\":{\"z\":1}}|/c/z: demo.All.Inner has no such field",
        "{\"e\":1}|/e: an array expected, but found 1",
        "{\"list\":[{},1]}|/list/1: an object expected, but found 1",
        "{\"at\":\"today\"}|/at: a time as in 2026-01-31T12:00:00Z expected, but found \"today\"",
        "{\"lasts\":\"1\"}|/lasts: a time span as in 1.5s expected, but found \"1\"",
        "{\"counts\":{\"x\":\"y\"}}|/counts/x: a whole number of 32 bits expected, but found \"y\"",
      })
  void jsonThatIsNoMessageIsRefusedWithThePlace(String json, String reason) throws Exception {
    PayloadView encoder = encoder(ALL);

    assertThatThrownBy(() -> encoder.of(text(json)))
        .isInstanceOf(ViewException.class)
        .hasMessage(reason);
  }

  @Test
  void aHostilePayloadIsRefused() throws Exception {
    PayloadView decoder =
        ProtobufView.decoder(
            file("d.proto", "syntax='proto3'; message D { D d = 1; }").toString(), "D");
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      deep.append("0b");
    }

    assertThatThrownBy(() -> decoder.of(hex(deep.toString()))).isInstanceOf(ViewException.class);
    assertThatThrownBy(() -> decoder.of(hex("0affffffff07"))).isInstanceOf(ViewException.class);
    assertThatThrownBy(() -> decoder.of(hex("08"))).isInstanceOf(ViewException.class);
  }
}
