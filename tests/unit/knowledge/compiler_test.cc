// Runs the host tool on small files: what is wrong is said with file, line, column and what was expected.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace hasten {
namespace {

struct Outcome {
  int exit_code = -1;
  std::string output;  // what the tool said, with the folder's name taken off
};

class KnowledgeCompiler : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "hasten-knowledge-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }

  void write(std::string_view name, std::string_view text) const { std::ofstream(path(name)) << text; }

  Outcome run(const std::vector<std::string_view>& files) const {
    std::string command = HASTEN_KNOWLEDGE_COMPILER " " + path("out.cc");
    for (const std::string_view file : files) command += " " + path(file);
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    Outcome outcome;
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) {
      outcome.output.append(buffer.data(), count);
    }
    outcome.exit_code = WEXITSTATUS(pclose(pipe));
    for (std::size_t at = 0; (at = outcome.output.find(folder_ + "/", at)) != std::string::npos;) {
      outcome.output.erase(at, folder_.size() + 1);
    }
    return outcome;
  }

  /// The one complaint about a file `a.toml` with this text.
  std::string complaint(std::string_view text) const {
    write("a.toml", text);
    const Outcome outcome = run({"a.toml"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(path("out.cc")));
    return outcome.output;
  }

  std::string folder_;
};

TEST_F(KnowledgeCompiler, WritesTheSameTablesForAnyOrderOfFiles) {
  write("a.toml", "[[api]]\nname = \"time.sleep\"\neffects = [\"sleep\"]\nseconds = 0\nwhy = \"waits\"\n");
  write("b.toml", "[[class]]\nname = \"a.B\"\n");
  EXPECT_EQ(run({"a.toml", "b.toml"}).exit_code, 0);
  std::stringstream first;
  first << std::ifstream(path("out.cc")).rdbuf();
  EXPECT_EQ(run({"b.toml", "a.toml"}).exit_code, 0);
  std::stringstream second;
  second << std::ifstream(path("out.cc")).rdbuf();
  EXPECT_EQ(first.str(), second.str());
  EXPECT_NE(first.str().find("time.sleep"), std::string::npos);
  EXPECT_NE(first.str().find(".returns = \"a.B\""), std::string::npos);
}

TEST_F(KnowledgeCompiler, RefusesAnUnknownKey) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nsecond = 0\n"),
            "a.toml:3:1: unknown key `second` in [[api]], did you mean `seconds`?\n");
  EXPECT_TRUE(
      complaint("[[api]]\nname = \"a.b\"\nlatitude = 0\n")
          .starts_with("a.toml:3:1: unknown key `latitude` in [[api]], expected one of beside, context, cost, "));
}

TEST_F(KnowledgeCompiler, RefusesAnUnknownKindOfEntry) {
  EXPECT_EQ(complaint("[[apy]]\nname = \"a.b\"\n"),
            "a.toml:1:1: unknown entry [[apy]], expected api, class, alias, transport, decorator or fixture\n");
}

TEST_F(KnowledgeCompiler, RefusesAKeyOutsideOfEntries) {
  EXPECT_EQ(complaint("name = \"a.b\"\n"), "a.toml:1:1: `name` stands alone, expected entries like [[api]]\n");
}

TEST_F(KnowledgeCompiler, RefusesUnknownWords) {
  EXPECT_TRUE(complaint("[[api]]\nname = \"a.b\"\neffects = [\"sleep\",\n  \"slep\"]\nwhy = \"waits\"\n")
                  .starts_with("a.toml:4:3: unknown effect `slep`, did you mean `sleep`?"));
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\ncost = \"huge\"\n"),
            "a.toml:3:1: unknown cost `huge`, expected one of none, trivial, cheap, moderate, heavy, very-heavy\n");
  EXPECT_TRUE(complaint("[[api]]\nname = \"a.b\"\nrole = \"mock\"\n")
                  .starts_with("a.toml:3:1: unknown role `mock`, expected one of none, patch, patch-object, "));
  EXPECT_TRUE(complaint("[[api]]\nname = \"a.b\"\nroot = \"tmp\"\n")
                  .starts_with("a.toml:3:1: unknown root `tmp`, expected one of none, unknown, unique-temporary, "));
  EXPECT_EQ(complaint("[[fixture]]\nplugin = \"p\"\nname = \"f\"\nscope = \"test\"\n"),
            "a.toml:4:1: unknown scope `test`, expected one of function, class, module, package, session\n");
}

TEST_F(KnowledgeCompiler, RefusesANameThatIsDescribedTwiceOverAllFiles) {
  write("a.toml", "[[api]]\nname = \"a.b\"\n");
  write("b.toml", "[[api]]\nnames = [\"a.a\",\n \"a.b\"]\n");
  const Outcome outcome = run({"b.toml", "a.toml"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.output, "b.toml:3:2: `a.b` is described twice, expected only a.toml:2:1\n");
}

TEST_F(KnowledgeCompiler, RefusesAnAliasToNothing) {
  EXPECT_EQ(complaint("[[alias]]\nname = \"a.b\"\nis = \"c.d\"\n"),
            "a.toml:2:1: `a.b` is an alias of `c.d`, expected a name that is described\n");
  EXPECT_EQ(complaint("[[alias]]\nname = \"a.b\"\n"),
            "a.toml:1:1: [[alias]] stands for nothing, expected is = \"dotted.name\"\n");
}

TEST_F(KnowledgeCompiler, RefusesANameThatIsFiledUnderAnAlias) {
  EXPECT_EQ(complaint("[[api]]\nnames = [\"a.b\",\n\"c.d\"]\n[[alias]]\nname = \"c\"\nis = \"a\"\n"),
            "a.toml:3:1: `c.d` is filed under an alias, expected a.d\n");
}

TEST_F(KnowledgeCompiler, RefusesABadArgument) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\npath = [0, 1]\n"),
            "a.toml:3:1: `path` is no argument, expected a position, \"keyword\" or both in a list\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\npath = -2\n"),
            "a.toml:3:8: `path` is argument -2, expected a position from 0, or -1 for keyword only\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\npath = [0, \"no name\"]\n"),
            "a.toml:3:12: `path` is argument `no name`, expected the name of a parameter\n");
}

TEST_F(KnowledgeCompiler, RefusesAFixtureThatRequestsAnUnknownOne) {
  EXPECT_EQ(complaint("[[fixture]]\nplugin = \"p\"\nname = \"f\"\narguments = [\"request\", \"user:app\", \"g\"]\n"),
            "a.toml:3:1: fixture `f` requests `g`, expected a described fixture, request or user:NAME\n");
}

TEST_F(KnowledgeCompiler, RefusesAnAddressThatIsNotHttps) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\ndocs = \"http://a.b\"\n"),
            "a.toml:3:1: docs is `http://a.b`, expected an address that begins with https://\n");
}

TEST_F(KnowledgeCompiler, RefusesEffectsThatDoNotSayWhy) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\neffects = [\"sleep\"]\n"),
            "a.toml:1:1: effects without why, expected a clause that says what happens\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nwhy = \"Waits.\"\n"),
            "a.toml:3:1: why is `Waits.`, expected a clause without capital and full stop\n");
}

TEST_F(KnowledgeCompiler, RefusesNamesThatNobodyDescribes) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nreturns = \"a.C\"\n"),
            "a.toml:2:1: returns `a.C`, expected a name that a [[class]] describes\n");
  EXPECT_EQ(complaint("[[class]]\nname = \"a.B\"\nbases = [\"a.C\"]\n"),
            "a.toml:2:1: base `a.C` of `a.B`, expected a name that a [[class]] describes\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nuses = [\"a.c\"]\n"),
            "a.toml:2:1: uses `a.c`, expected a name that an [[api]] describes\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nrole = \"mask\"\nmasks = [\"t\"]\n"),
            "a.toml:2:1: masks `t`, expected a [[transport]] or kind:effect\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\neffects = [\"network\"]\nwhy = \"asks\"\ntransport = \"t\"\n"),
            "a.toml:2:1: transport `t`, expected a name that a [[transport]] describes\n");
}

TEST_F(KnowledgeCompiler, RefusesANetworkThatNothingCarries) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\neffects = [\"network\"]\nwhy = \"asks\"\n"),
            "a.toml:1:1: network without transport, expected what carries the request\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nobject = \"bucket\"\n"),
            "a.toml:1:1: object or the effect named-object alone, expected both\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nrate = 5\n"),
            "a.toml:1:1: rate of what, expected the effect file-read\n");
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nmilliseconds = true\n"),
            "a.toml:1:1: milliseconds of what, expected seconds\n");
}

TEST_F(KnowledgeCompiler, RefusesAMaskThatMasksNothing) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nrole = \"mask\"\n"),
            "a.toml:2:1: `a.b` has the role mask and masks nothing, expected masks\n");
}

TEST_F(KnowledgeCompiler, RefusesAClassThatIsItsOwnBase) {
  EXPECT_EQ(complaint("[[class]]\nname = \"a.B\"\nbases = [\"a.B\"]\n"),
            "a.toml:2:1: `a.B` is its own base, expected a class that does not derive from it\n");
}

TEST_F(KnowledgeCompiler, RefusesWhatIsNoName) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a..b\"\n"), "a.toml:2:1: `a..b`, expected a dotted name\n");
  EXPECT_EQ(complaint("[[api]]\ncost = \"cheap\"\n"), "a.toml:1:1: [[api]] names nothing, expected name or names\n");
}

TEST_F(KnowledgeCompiler, RefusesValuesOfTheWrongType) {
  EXPECT_EQ(complaint("[[api]]\nname = \"a.b\"\nwait = 1\n"),
            "a.toml:3:1: `wait` is no flag, expected true or false\n");
  EXPECT_EQ(complaint("[[class]]\nname = \"a.b\"\nbases = 1.5\n"),
            "a.toml:3:1: `bases` is one value, expected a list\n"
            "a.toml:3:9: `bases` holds a value that is no text, expected a text that is not empty\n");
  EXPECT_EQ(complaint("[[fixture]]\nplugin = \"p\"\nname = \"f\"\nparams = -2\n"),
            "a.toml:4:1: `params` is no count, expected a whole number, or -1 for unknown\n");
}

TEST_F(KnowledgeCompiler, SaysWhereTheFileIsNoToml) {
  const std::string output = complaint("[[api]]\nname = \n");
  EXPECT_TRUE(output.starts_with("a.toml:2:")) << output;
  EXPECT_TRUE(output.ends_with(", expected TOML\n")) << output;
}

TEST_F(KnowledgeCompiler, SaysThatAFileCannotBeRead) {
  const Outcome outcome = run({"none.toml"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.output, "none.toml:1:1: cannot be read, expected a knowledge file\n");
}

TEST_F(KnowledgeCompiler, SaysEverythingAtOnce) {
  const std::string output = complaint("[[api]]\nname = \"a.b\"\nx = 1\n[[api]]\nname = \"a.c\"\ny = 1\n");
  EXPECT_NE(output.find("a.toml:3:1"), std::string::npos);
  EXPECT_NE(output.find("a.toml:6:1"), std::string::npos);
}

}  // namespace
}  // namespace hasten
