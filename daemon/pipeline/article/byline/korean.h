// SPDX-License-Identifier: Apache-2.0
// Korean bylines: "(서울=연합뉴스) 홍길동 기자 = ", "[이데일리 홍길동 기자]", "홍길동·김철수 기자 abc@def.kr", and the
// credits of broadcasts. Names persons only: a desk (온라인뉴스팀) is none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

// Who wrote, in the byline's order: those before a title (기자, 특파원 …) or an e-mail address, those behind one ("논설위원 홍길동")
// or behind "글", or, where the whole byline is nothing but names, these. Whoever is named for a picture ("사진=홍길동 기자") did not.
std::vector<std::string> korean_names(std::string_view byline);
// Does it say of somebody what he is at his outlet or made of the article? "홍길동 논설위원", "글 홍길동".
bool has_korean_role(std::string_view printed);
// Nothing but writers, and what they are.
bool is_korean_byline(std::string_view line);
// Nothing but names, parted by commas or middle dots: "홍길동,김철수"; "조지 오웰" is one.
bool are_korean_names(std::string_view line);
// "글", "작성자": says that the next one wrote.
bool is_korean_label(std::string_view word);

// Two to four syllables that begin with a family's name, and no desk.
bool is_korean_name(std::string_view word);

struct Byline {
  std::vector<std::string> names;
  std::string printed;  // empty where there is none
};

// The byline or dateline that opens the text, and its length in bytes with the blank behind it; 0: none.
std::size_t opening_byline(std::string_view text, Byline& found);
// Adds a line that is a byline or a credit and nothing else; false where it is more. Of a picture's credit nothing is printed.
bool take_byline(std::string_view line, Byline& found);

}  // namespace bylined::article
