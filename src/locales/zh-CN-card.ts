/** The words of a result card: the page itself holds them, to draw one before the app is there. */
export const card = {
  list: '搜索结果',
  count: (count: number) => `找到 ${count} 人`,
  identity: { 1: '其他', 2: '学生', 3: '教职工', 4: '校友' } as Partial<Record<string, string>>,
  grade: (grade: string) => (/^\d{4}$/.test(grade) ? `${grade}级` : grade),
};
