import { chromium } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { ensureBrowser } from '../scripts/lib/browser.mjs';
import { startSubjects } from './browser/subjects.ts';
import { onNewPhone, openOn } from './browser/phone.ts';
const running = await startSubjects();
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox','--disable-gpu','--disable-quic'] });
const s = running.subjects.find(s=>s.name==='ours')!;
await onNewPhone(browser, async (phone)=>{
  const o = await openOn(phone, s, {keyword:'王芳', isImpatient:true});
  const d = await phone.newCDPSession(o.page);
  await d.send('Profiler.enable'); await d.send('Profiler.setSamplingInterval',{interval:200});
  await d.send('Profiler.start');
  await o.until('result');
  const { profile } = await d.send('Profiler.stop');
  const n = await o.numbers();
  const origin = await o.page.evaluate(()=>performance.timeOrigin);
  writeFileSync('/tmp/prof.cpuprofile', JSON.stringify(profile));
  console.log(n.answer, n.result, n.result-n.answer);
  // last (result-answer) ms of samples
  const end = profile.endTime; const span=(n.result-n.answer+20)*1000;
  const nodes = new Map(profile.nodes.map(x=>[x.id,x])); const parent = new Map(); for (const x of profile.nodes) for (const c of x.children??[]) parent.set(c,x.id);
  const self: Record<string, number>={}, total: Record<string, number>={}; let t=profile.startTime;
  profile.samples!.forEach((id,i)=>{ const dt=profile.timeDeltas![i]; t+=dt; if (t<end-span) return; const nx=nodes.get(id)!; const nm=(x:any)=>`${x.callFrame.functionName||'(anon)'} ${x.callFrame.url.split('/').pop().slice(0,12)}:${x.callFrame.lineNumber}:${x.callFrame.columnNumber}`; self[nm(nx)]=(self[nm(nx)]??0)+dt; const seen=new Set(); for (let p:any=id;p;p=parent.get(p)){const k=nm(nodes.get(p)); if(!seen.has(k)){seen.add(k); total[k]=(total[k]??0)+dt;}} });
  const top=(o:any,n=28)=>Object.entries(o).sort((a:any,b:any)=>b[1]-a[1]).slice(0,n).forEach(([k,v]:any)=>console.log((v/1000).toFixed(1),k));
  console.log('SELF'); top(self); console.log('TOTAL'); top(total,45);
});
await browser.close(); await running.stop();
