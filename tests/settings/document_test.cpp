// SPDX-License-Identifier: Apache-2.0
#include "settings/document.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;

Lines faults_of(const std::string& path) { return faults(read(path, environment)); }

TEST(Document, AMissingFileIsNamed) {
  Folder folder;
  EXPECT_EQ(faults_of(folder.at("none.toml")), Lines{"none.toml: there is no such file"});
}

TEST(Document, AFaultIsToldInOneLine) {
  Folder folder;
  folder.write("x.toml", "id = i\nk = 1\n");
  const Lines faults = faults_of(folder.at("x.toml"));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].find('\n'), std::string::npos) << faults[0];
}

TEST(Document, AFolderIsNotAFile) {
  Folder folder;
  std::filesystem::create_directory(folder.at("x.toml"));
  EXPECT_EQ(faults_of(folder.at("x.toml")), Lines{"x.toml: is a folder, not a file"});
}

TEST(Document, APipeIsRefusedWithoutWaitingForIt) {
  Folder folder;
  ASSERT_EQ(mkfifo(folder.at("x.toml").c_str(), 0600), 0);
  EXPECT_EQ(faults_of(folder.at("x.toml")), Lines{"x.toml: is not a plain file"});
}

TEST(Document, ALinkIsFollowedButNotInCircles) {
  Folder folder;
  folder.write("real.toml", "");
  std::filesystem::create_symlink("real.toml", folder.at("link.toml"));
  std::filesystem::create_symlink("b.toml", folder.at("a.toml"));
  std::filesystem::create_symlink("a.toml", folder.at("b.toml"));
  EXPECT_TRUE(faults_of(folder.at("link.toml")).empty());
  EXPECT_EQ(faults_of(folder.at("a.toml")), Lines{"a.toml: cannot be opened: Too many levels of symbolic links"});
}

TEST(Document, TheLargestFileIsReadAndOneByteMoreIsNot) {
  Folder folder;
  const std::string full = folder.write("full.toml", std::string(kFileMost, '\n'));
  const std::string over = folder.write("over.toml", std::string(kFileMost + 1, '\n'));
  EXPECT_TRUE(faults_of(full).empty());
  EXPECT_EQ(faults_of(over), Lines{"over.toml: is larger than 8MiB"});
}

TEST(Document, ForeignEncodingsAreToldFromMistakes) {
  Folder folder;
  const std::string korean = folder.write("x.toml", "[[entity]]\nid = \"a\"\nnames = [\"\xbb\xef\xbc\xba\"]\n");
  const std::string wide = folder.write("y.toml", std::string("\xff\xfe[\0d\0", 6));
  EXPECT_EQ(faults_of(korean), Lines{"x.toml:3:10: not valid TOML: Encountered invalid utf-8 sequence (save the file as UTF-8)"});
  EXPECT_TRUE(contains(faults_of(wide), "y.toml:1:1: not valid TOML"));
}

TEST(Document, BrokenTomlIsToldWithItsPlace) {
  EXPECT_TRUE(contains(faults("[daemon]\nlanguage = ko\n"), "bylined.toml:2:12: not valid TOML:"));
  EXPECT_TRUE(contains(faults("[daemon]\n[daemon]\n"), "bylined.toml:2:"));
  EXPECT_TRUE(contains(faults("a = 1\na = 2\n"), "(write each key once)"));
  EXPECT_TRUE(contains(faults("한글 = 1\n"), "in quotes"));
  EXPECT_TRUE(contains(faults("[[source]]\nid = \"a"), "bylined.toml:2:"));
}

TEST(Document, NestingWithoutEndIsRefused) {
  EXPECT_TRUE(contains(faults("a = " + std::string(100'000, '[')), "bylined.toml:1:"));
}

TEST(Document, AFileThatEverybodyMayWriteIsRefused) {
  Folder folder;
  EXPECT_TRUE(contains(faults_of(folder.write("x.toml", "", 0666)), "x.toml: every user of this machine may write it (chmod o-w "));
  EXPECT_TRUE(faults_of(folder.write("y.toml", "", 0664)).empty());
}

TEST(Document, AFolderThatEverybodyMayWriteInIsRefused) {
  Folder folder;
  std::filesystem::create_directory(folder.at("watches.d"));
  ::chmod(folder.at("watches.d").c_str(), 0777);
  EXPECT_TRUE(contains(faults(read_in(folder, "")), "watches.d: every user of this machine may write in it"));
}

TEST(Document, AFileInPlaceOfAFolderIsSaid) {
  Folder folder;
  folder.write("sources.d", "");
  EXPECT_EQ(faults(read_in(folder, "")), Lines{"sources.d: cannot be listed: Not a directory"});
}

TEST(Document, AFolderHoldsAsManyFilesAsItMay) {
  Folder folder;
  for (std::size_t i = 0; i < kFilesMost; ++i) std::ofstream(folder.at(std::to_string(i) + ".toml"));
  Complaints at_limit, beyond;
  EXPECT_EQ(files_of_folder(folder.path(), at_limit).size(), kFilesMost);
  folder.write("one-more.toml", "");
  EXPECT_EQ(files_of_folder(folder.path(), beyond).size(), kFilesMost);
  EXPECT_FALSE(at_limit.any_fatal());
  EXPECT_TRUE(beyond.any_fatal());
}

}  // namespace
}  // namespace bylined::settings
