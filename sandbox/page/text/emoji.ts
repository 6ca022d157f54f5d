/** The character of a shortcode; undefined for one that this page does not know, which is then shown as `:name:`. */
export function emojiCharacter(name: string): string | undefined {
  return CHARACTERS.get(name);
}

const CHARACTERS = new Map(
  Object.entries({
    ballot_box_with_check: '☑️',
    negative_squared_cross_mark: '❎',
    clock1: '🕐',
    alarm_clock: '⏰',
    wave: '👋',
    thumbsdown: '👎',
    '-1': '👎',
    pray: '🙏',
    fire: '🔥',
    bug: '🐛',
    hammer: '🔨',
    hammer_and_wrench: '🛠️',
    gear: '⚙️',
    bulb: '💡',
    key: '🔑',
    shield: '🛡️',
    chart_with_downwards_trend: '📉',
    bar_chart: '📊',
    exclamation: '❗',
    heavy_minus_sign: '➖',
    arrow_right: '➡️',
    arrow_left: '⬅️',
    arrow_up: '⬆️',
    arrow_down: '⬇️',
    point_right: '👉',
    globe_with_meridians: '🌐',
    us: '🇺🇸',
    seedling: '🌱',
    baby_chick: '🐤',
    robot_face: '🤖',
  }),
);

/**
 * Those that tell a state are drawn by the page itself (`/page/emoji/<name>.svg`), so they look the same where no
 * emoji font is installed, as on a plain Linux machine.
 */
export function emojiPicture(name: string): string | undefined {
  const own = ALIASES.get(name) ?? name;
  return PICTURES.has(own) ? `/page/emoji/${own}.svg` : undefined;
}

const ALIASES = new Map(
  Object.entries({
    hand: 'raised_hand',
    '+1': 'thumbsup',
    pause_button: 'double_vertical_bar',
    date: 'calendar',
  }),
);

const PICTURES = new Set([
  'arrow_forward',
  'arrows_counterclockwise',
  'ballot_box_with_ballot',
  'bell',
  'black_circle',
  'black_large_square',
  'black_small_square',
  'black_square_for_stop',
  'calendar',
  'chart_with_upwards_trend',
  'construction',
  'double_vertical_bar',
  'eyes',
  'fast_forward',
  'grey_question',
  'heavy_check_mark',
  'hourglass',
  'hourglass_flowing_sand',
  'information_source',
  'large_blue_circle',
  'large_blue_square',
  'large_green_circle',
  'large_green_square',
  'large_orange_circle',
  'large_red_square',
  'large_yellow_circle',
  'large_yellow_square',
  'leftwards_arrow_with_hook',
  'link',
  'lock',
  'mag',
  'memo',
  'no_entry',
  'no_entry_sign',
  'octagonal_sign',
  'package',
  'question',
  'raised_hand',
  'red_circle',
  'rewind',
  'rocket',
  'rotating_light',
  'snowflake',
  'speech_balloon',
  'stopwatch',
  'tada',
  'thumbsup',
  'unlock',
  'warning',
  'white_check_mark',
  'white_circle',
  'white_large_square',
  'white_medium_small_square',
  'white_small_square',
  'wrench',
  'x',
]);
