/*
 * hash_words.c - the two lists of 256 words, one for each value of a byte.
 *
 * The lists never change: a word on last year's notice board must still be this year's.
 */
#include <stdio.h>

#include "base/hash_words.h"

// clang-format off
static const char *const chinese[256] = {
    "水牛", "黄牛", "山羊", "绵羊", "骏马", "毛驴", "骆驼", "家猪",
    "小猫", "黄狗", "白兔", "老鼠", "野猪", "刺猬", "狐狸", "老虎",
    "狮子", "豹子", "大象", "猴子", "熊猫", "黑熊", "大雁", "长颈鹿",
    "公鸡", "母鸡", "鸭子", "天鹅", "鸽子", "燕子", "麻雀", "喜鹊",
    "乌鸦", "老鹰", "孔雀", "鹦鹉", "猫头鹰", "啄木鸟", "蜜蜂", "蝴蝶",
    "蜻蜓", "蚂蚁", "蚯蚓", "蜗牛", "青蛙", "乌龟", "螃蟹", "龙虾",
    "鲤鱼", "草鱼", "金鱼", "鲨鱼", "海豚", "章鱼", "水母", "贝壳",
    "松树", "柏树", "柳树", "杨树", "槐树", "梧桐", "银杏", "枫叶",
    "竹子", "芦苇", "荷花", "牡丹", "菊花", "梅花", "桃花", "兰花",
    "玫瑰", "茉莉", "向日葵", "仙人掌", "苹果", "香蕉", "葡萄", "西瓜",
    "草莓", "樱桃", "石榴", "山楂", "橘子", "柠檬", "菠萝", "核桃",
    "红枣", "板栗", "花生", "白菜", "萝卜", "土豆", "番茄", "黄瓜",
    "茄子", "辣椒", "南瓜", "冬瓜", "大蒜", "洋葱", "生姜", "蘑菇",
    "木耳", "玉米", "小麦", "水稻", "高粱", "大豆", "芝麻", "棉花",
    "茶叶", "豆浆", "豆腐", "馒头", "面条", "饺子", "馄饨", "年糕",
    "米粉", "粥碗", "咸菜", "鸡蛋", "牛奶", "酱油", "食盐", "白糖",
    "太阳", "月亮", "星星", "彩虹", "白云", "闪电", "雷声", "大雨",
    "雪花", "冰雹", "春风", "晨雾", "露珠", "霜降", "高山", "大河",
    "小溪", "湖泊", "海洋", "瀑布", "温泉", "沙漠", "草原", "森林",
    "田野", "山洞", "悬崖", "峡谷", "岛屿", "沼泽", "泥土", "石头",
    "黄金", "锡壶", "青铜", "钢铁", "煤炭", "玉石", "珍珠", "玛瑙",
    "镰刀", "锄头", "铁锹", "犁耙", "斧头", "锤子", "刨刀", "钉子",
    "剪刀", "菜刀", "扳手", "梯子", "扁担", "水桶", "箩筐", "簸箕",
    "石磨", "水车", "风车", "渔网", "船桨", "马车", "拖拉机", "自行车",
    "火车", "飞机", "轮船", "汽车", "公路", "铁桥", "隧道", "码头",
    "灯塔", "水库", "水渠", "水井", "学校", "医院", "邮局", "粮仓",
    "祠堂", "戏台", "宝塔", "城墙", "瓦房", "窑洞", "帐篷", "烟囱",
    "门槛", "窗户", "屋檐", "台阶", "院子", "篱笆", "锅盖", "筷子",
    "勺子", "茶壶", "酒杯", "蒸笼", "火炉", "蜡烛", "灯笼", "油灯",
    "雨伞", "草帽", "布鞋", "棉袄", "围巾", "手套", "纽扣", "口袋",
    "毛笔", "砚台", "算盘", "日历", "闹钟", "镜子", "梳子", "肥皂",
    "锣鼓", "唢呐", "二胡", "笛子", "风筝", "鞭炮", "象棋", "邮票",
};

static const char *const english[256] = {
    "acorn", "album", "almond", "amber", "anchor", "ankle", "apple", "apron",
    "arrow", "autumn", "badge", "bagel", "bamboo", "banjo", "barley", "barrel",
    "basket", "beaver", "bench", "berry", "bishop", "blanket", "bonnet", "bottle",
    "bridge", "bronze", "bucket", "buffalo", "bundle", "butter", "buzzard", "cabin",
    "cactus", "camel", "candle", "canyon", "carbon", "carpet", "castle", "cedar",
    "cellar", "cherry", "chimney", "cinema", "circus", "clover", "cobra", "coffee",
    "comet", "copper", "cotton", "cradle", "crayon", "cricket", "crystal", "curtain",
    "cushion", "daisy", "dancer", "desert", "diamond", "dolphin", "dragon", "drawer",
    "drummer", "eagle", "earring", "easel", "eclipse", "elbow", "elephant", "engine",
    "envelope", "fabric", "falcon", "farmer", "feather", "fiddle", "finger", "flannel",
    "flower", "forest", "fossil", "foxglove", "furnace", "galaxy", "garden", "garlic",
    "gazelle", "glacier", "goblet", "gorilla", "granite", "grape", "gravel", "guitar",
    "hammer", "harbor", "harvest", "hazel", "helmet", "heron", "hockey", "honey",
    "hornet", "hunter", "iceberg", "igloo", "insect", "island", "ivory", "jacket",
    "jaguar", "jasmine", "jewel", "jigsaw", "jungle", "kernel", "kettle", "kingdom",
    "kitchen", "kitten", "ladder", "lagoon", "lantern", "laundry", "lemon", "leopard",
    "lettuce", "library", "lily", "lizard", "lobster", "lotus", "magnet", "mammoth",
    "mango", "maple", "marble", "market", "meadow", "melon", "mirror", "monkey",
    "morning", "mountain", "mushroom", "mustard", "napkin", "needle", "nickel", "noodle",
    "nutmeg", "oasis", "ocean", "octopus", "olive", "onion", "orange", "orchard",
    "organ", "ostrich", "otter", "oven", "oyster", "painter", "palace", "panda",
    "papaya", "parrot", "parsley", "pasture", "peanut", "pebble", "pelican", "pencil",
    "pepper", "piano", "pigeon", "pillow", "pirate", "planet", "plaster", "plow",
    "pocket", "pony", "poplar", "potato", "prairie", "pudding", "pumpkin", "python",
    "quarry", "quilt", "rabbit", "radish", "raven", "rhubarb", "ribbon", "river",
    "robin", "rooster", "saddle", "sailor", "salmon", "sandal", "satin", "scarf",
    "school", "shadow", "shovel", "shrimp", "silver", "skating", "sparrow", "spider",
    "spinach", "squirrel", "stable", "station", "sugar", "summer", "sunset", "swallow",
    "tadpole", "teapot", "temple", "thunder", "ticket", "tiger", "timber", "tomato",
    "tractor", "trumpet", "tulip", "tunnel", "turtle", "umbrella", "uncle", "valley",
    "vanilla", "velvet", "village", "violet", "volcano", "waffle", "wagon", "walnut",
    "walrus", "wardrobe", "whisker", "window", "winter", "wombat", "yellow", "zebra",
};
// clang-format on

static_assert(HASH_WORDS_COUNT <= HASH_SIZE, "one word for each byte");

char *hash_words(const hash_t *hash, bool in_chinese, char text[HASH_WORDS_SIZE])
{
    const char *const *list = in_chinese ? chinese : english;
    size_t used = 0;

    for (size_t i = 0; i < HASH_WORDS_COUNT; i++)
        used += (size_t)snprintf(text + used, HASH_WORDS_SIZE - used, "%s%s", i == 0 ? "" : " ",
                                 list[hash->bytes[i]]);
    return text;
}
